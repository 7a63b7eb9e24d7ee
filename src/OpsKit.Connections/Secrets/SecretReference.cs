namespace OpsKit.Connections.Secrets;

/// <summary>Where a secret comes from; never the secret itself.</summary>
/// <param name="Source">How it is fetched.</param>
/// <param name="Value">The variable's name, the file's path or the command line; empty for <see cref="SecretSource.Prompt"/>.</param>
public sealed record SecretReference(SecretSource Source, string Value)
{
    private static readonly string[] Forms = ["env:NAME", "file:PATH", "cmd:COMMAND", "prompt"];

    /// <summary>Reads a reference. A word that is none is taken for a secret that was written down, and never repeated in the message.</summary>
    /// <param name="text">The text, such as <c>env:VC_PASSWORD</c>.</param>
    /// <param name="where">Where it stands: an option's name, or file, line and column.</param>
    /// <exception cref="OpsKitException">The text is no reference (<see cref="FailureKind.Usage"/>).</exception>
    public static SecretReference Parse(string text, string where)
    {
        if (text == "prompt")
            return new SecretReference(SecretSource.Prompt, "");

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        SecretSource? source = (colon < 0 ? "" : text[..colon]) switch
        {
            "env" => SecretSource.Environment,
            "file" => SecretSource.File,
            "cmd" => SecretSource.Command,
            _ => null,
        };
        if (source is null)
        {
            throw new OpsKitException(
                FailureKind.Usage,
                $"a secret is given by reference, not by value: expected one of {string.Join(", ", Forms)} (what was found is not repeated here)",
                where,
                "put the secret into an environment variable and write env:NAME, or run: opskit help secrets");
        }

        var value = text[(colon + 1)..].Trim();
        if (value.Length == 0)
            throw new OpsKitException(FailureKind.Usage, $"\"{text}\" names nothing: expected {Forms[(int)source.Value]}", where);
        return new SecretReference(source.Value, value);
    }

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
