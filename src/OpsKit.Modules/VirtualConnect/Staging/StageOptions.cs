using OpsKit.Connections.Secrets;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>How firmware is written to the modules of an enclosure without being activated.</summary>
public sealed record StageOptions
{
    /// <summary>The firmware package: a path, or an <c>http://</c> or <c>https://</c> address, as VCSU takes it. Null only where the images are staged by hand.</summary>
    public string? Package { get; init; }

    /// <summary>The version that is to run, such as 4.85; by default the one in the package's name.</summary>
    public required string Version { get; init; }

    /// <summary>Whether whoever began this has written the images already, with the activation left to him. Default false.</summary>
    public bool StagedByHand { get; init; }

    /// <summary>VCSU's path; null for <c>OPSKIT_VCSU</c>, else where it is usually installed.</summary>
    public string? Vcsu { get; init; }

    /// <summary>The account VCSU logs in to the Onboard Administrator with; null for that of the enclosure's credential.</summary>
    public string? OaUser { get; init; }

    /// <summary>The password VCSU logs in to the Onboard Administrator with; null for that of the enclosure's credential.</summary>
    public SecretReference? OaPassword { get; init; }

    /// <summary>The account of Virtual Connect that may update firmware; null for that of the enclosure's Virtual Connect credential, else the Onboard Administrator's.</summary>
    public string? VcUser { get; init; }

    /// <summary>Its password; null for that of the enclosure's Virtual Connect credential, else the Onboard Administrator's.</summary>
    public SecretReference? VcPassword { get; init; }

    /// <summary>
    /// Whether VCSU is handed passwords as arguments, which every user of the jump host can see meanwhile. Default false: it is not told them, asks, and is
    /// answered on its standard input.
    /// </summary>
    public bool PasswordsAsArguments { get; init; }
}
