namespace OpsKit.Modules.VirtualConnect;

/// <summary>Facts about Onboard Administrators and VCSU that differ between versions (<c>config/virtual-connect.yaml</c>).</summary>
public sealed record VirtualConnectFacts
{
    /// <summary>The command that resets a module; its bay's number follows.</summary>
    public required string ResetCommand { get; init; }

    /// <summary>What the answer to it must hold one of.</summary>
    public required IReadOnlyList<string> ResetAccepted { get; init; }

    /// <summary>What is known of VCSU.</summary>
    public required VcsuFacts Vcsu { get; init; }
}

/// <summary>What is known of the Virtual Connect Support Utility. Words are looked for whatever their case.</summary>
public sealed record VcsuFacts
{
    /// <summary>Where it is looked for.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>What its help must name, all of it: else it cannot leave the activation to the operator.</summary>
    public required IReadOnlyList<string> HelpMustName { get; init; }

    /// <summary>What a successful update says one of.</summary>
    public required IReadOnlyList<string> Success { get; init; }

    /// <summary>What no successful action says.</summary>
    public required IReadOnlyList<string> Failure { get; init; }

    /// <summary>What it says when it restarts modules by itself.</summary>
    public required IReadOnlyList<string> Activating { get; init; }

    /// <summary>How questions for a password end, a colon and blanks aside.</summary>
    public required IReadOnlyList<string> PasswordPrompts { get; init; }

    /// <summary>Words of a question for the password of Virtual Connect.</summary>
    public required IReadOnlyList<string> VirtualConnectWords { get; init; }

    /// <summary>How questions end that are answered with <c>YES</c>, a colon and blanks aside.</summary>
    public required IReadOnlyList<string> ConfirmPrompts { get; init; }
}
