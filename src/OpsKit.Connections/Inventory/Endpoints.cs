using OpsKit.Connections.Secrets;

namespace OpsKit.Connections.Inventory;

/// <summary>A system OpsKit talks to, under the name the operator gave it.</summary>
public abstract record Endpoint
{
    /// <summary>The value of <see cref="DeclaredAt"/> for an ad-hoc endpoint.</summary>
    public const string OnTheCommandLine = "command line";

    /// <summary>The endpoint's unique name in the inventory.</summary>
    public required string Name { get; init; }

    /// <summary>DNS name or IP address, without a port.</summary>
    public required string Address { get; init; }

    /// <summary>The login, or null where none was given.</summary>
    public Credential? Credential { get; init; }

    /// <summary>How long a connection attempt may take. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Where the inventory declares it, as <c>file:line:column</c>; <c>command line</c> for an ad-hoc endpoint.</summary>
    public string DeclaredAt { get; init; } = OnTheCommandLine;
}

/// <summary>A vCenter Server, or an ESXi host spoken to through its own vim25 service.</summary>
public sealed record VCenterEndpoint : Endpoint
{
    /// <summary>TCP port of the HTTPS service. Default 443.</summary>
    public int Port { get; init; } = 443;

    /// <summary>Path of the SOAP service. Default <c>/sdk</c>.</summary>
    public string Path { get; init; } = "/sdk";

    /// <summary>Name shared by vCenters in one Linked Mode group, whose licence pools are summed; null where it stands alone.</summary>
    public string? LinkedGroup { get; init; }

    /// <summary>TLS settings of this endpoint.</summary>
    public TlsSettings Tls { get; init; } = new();

    /// <summary>How many requests may be in flight on the session at once. Range 1–64, default 8.</summary>
    public int MaxRequestsInFlight { get; init; } = 8;

    /// <summary>The SOAP service's address.</summary>
    public Uri SdkUri => new UriBuilder(Uri.UriSchemeHttps, Address, Port, Path).Uri;
}

/// <summary>An ESXi host reached over SSH.</summary>
public sealed record HostEndpoint : Endpoint
{
    /// <summary>SSH settings of this endpoint.</summary>
    public SshSettings Ssh { get; init; } = new();

    /// <summary>Inventory name of the vCenter that manages it, or null.</summary>
    public string? VCenter { get; init; }

    /// <summary>Inventory name of the enclosure it is a blade of, or null.</summary>
    public string? Enclosure { get; init; }
}

/// <summary>A blade enclosure, reached through its Onboard Administrator pair.</summary>
public sealed record EnclosureEndpoint : Endpoint
{
    /// <summary>Address of the second Onboard Administrator, or null where there is one only. <see cref="Endpoint.Address"/> is the first.</summary>
    public string? StandbyAddress { get; init; }

    /// <summary>SSH settings of the Onboard Administrators.</summary>
    public SshSettings Ssh { get; init; } = new();

    /// <summary>TCP port of the HTTPS service of the Onboard Administrators. Default 443.</summary>
    public int HttpsPort { get; init; } = 443;

    /// <summary>TLS settings of the Onboard Administrators (<c>xmldata</c>).</summary>
    public TlsSettings Tls { get; init; } = new();

    /// <summary>How Virtual Connect Manager is logged in to, or null where it is not to be. Its address is the Onboard Administrator's to tell.</summary>
    public VirtualConnectSettings? VirtualConnect { get; init; }

    /// <summary>The endpoint of a Virtual Connect module's command line; null where no login for it is given.</summary>
    /// <param name="address">The module's address.</param>
    public EnclosureEndpoint? VirtualConnectAt(string address) => VirtualConnect is { Credential: not null } settings
        ? this with { Name = $"{Name} Virtual Connect", Address = address, StandbyAddress = null, Credential = settings.Credential, Ssh = settings.Ssh }
        : null;

    /// <summary>One endpoint for each Onboard Administrator, with its own address alone; the first is <see cref="Endpoint.Address"/>.</summary>
    public IReadOnlyList<EnclosureEndpoint> OnboardAdministrators => StandbyAddress is { } standby
        ? [this with { StandbyAddress = null }, this with { Address = standby, StandbyAddress = null }]
        : [this];
}

/// <summary>How the Virtual Connect modules of an enclosure are logged in to; their accounts are the domain's own.</summary>
public sealed record VirtualConnectSettings
{
    /// <summary>The login of the domain, or null where none was given.</summary>
    public Credential? Credential { get; init; }

    /// <summary>SSH settings of the modules.</summary>
    public SshSettings Ssh { get; init; } = new();
}

/// <summary>A named login: a user and where its password or key comes from.</summary>
public sealed record Credential
{
    /// <summary>The credential's name in the inventory; <c>command line</c> for an ad-hoc one.</summary>
    public required string Name { get; init; }

    /// <summary>User name.</summary>
    public required string UserName { get; init; }

    /// <summary>The password's source, or null where a key is used.</summary>
    public SecretReference? Password { get; init; }

    /// <summary>Path of a private key (OpenSSH or PEM), or null.</summary>
    public string? PrivateKeyFile { get; init; }

    /// <summary>Source of the key's passphrase, or null where the key has none.</summary>
    public SecretReference? Passphrase { get; init; }
}

/// <summary>How an endpoint's certificate is judged. There is no "off".</summary>
public sealed record TlsSettings
{
    /// <summary>SHA-256 of the certificate the endpoint must present, 64 hex digits without colons, upper case; null for the trust store and the system's trust.</summary>
    public string? Thumbprint { get; init; }

    /// <summary>Thumbprints that are right besides <see cref="Thumbprint"/>, for an endpoint of several addresses, each with a certificate of its own.</summary>
    public IReadOnlyList<string> FurtherThumbprints { get; init; } = [];

    /// <summary>Path of a PEM file with CA certificates trusted for this endpoint besides the system's, or null.</summary>
    public string? CaFile { get; init; }

    /// <summary>Allow TLS 1.0 and 1.1 with their old cipher suites (vSphere 5.5 and older, old Onboard Administrators). Said loudly whenever it is used.</summary>
    public bool AllowLegacy { get; init; }
}

/// <summary>How an endpoint's SSH service is spoken to.</summary>
public sealed record SshSettings
{
    /// <summary>TCP port. Default 22.</summary>
    public int Port { get; init; } = 22;

    /// <summary>Offer key exchanges, ciphers and MACs from before 2014 (SHA-1 groups, CBC, 3DES), which old ESXi and OA firmware need.</summary>
    public bool AllowLegacy { get; init; }

    /// <summary>How unknown host keys are treated. A changed key always stops.</summary>
    public HostKeyPolicy HostKeyPolicy { get; init; } = HostKeyPolicy.Strict;

    /// <summary>SHA-256 fingerprint the host key must have (<c>SHA256:…</c> as ssh-keygen prints it), or null for known_hosts.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Fingerprints that are right besides <see cref="Fingerprint"/>, for an endpoint of several addresses, each with a host key of its own.</summary>
    public IReadOnlyList<string> FurtherFingerprints { get; init; } = [];
}

/// <summary>How an unknown SSH host key is treated.</summary>
public enum HostKeyPolicy
{
    /// <summary>Only keys in known_hosts are accepted.</summary>
    Strict,

    /// <summary>An unknown key is accepted and recorded, a changed one stops.</summary>
    AcceptNew,
}
