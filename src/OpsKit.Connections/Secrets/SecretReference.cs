namespace OpsKit.Connections.Secrets;

/// <summary>Where a secret comes from; never the secret itself.</summary>
/// <param name="Source">How it is fetched.</param>
/// <param name="Value">The variable's name, the file's path or the command line; empty for <see cref="SecretSource.Prompt"/>.</param>
public sealed record SecretReference(SecretSource Source, string Value)
{
    /// <summary>The reference as it is written in an inventory, such as <c>env:VC_PASSWORD</c>.</summary>
    public override string ToString() => Source switch
    {
        SecretSource.Environment => $"env:{Value}",
        SecretSource.File => $"file:{Value}",
        SecretSource.Command => $"cmd:{Value}",
        _ => "prompt",
    };
}

/// <summary>The ways a secret can be fetched.</summary>
public enum SecretSource
{
    /// <summary><c>env:NAME</c>, an environment variable.</summary>
    Environment,

    /// <summary><c>file:PATH</c>, the first line of a file only its owner can read.</summary>
    File,

    /// <summary><c>cmd:COMMAND</c>, the first output line of a command (a password manager).</summary>
    Command,

    /// <summary><c>prompt</c>, asked for on the terminal, never off it.</summary>
    Prompt,
}
