using OpsKit.Connections.Yaml;

namespace OpsKit.Connections.Inventory;

/// <summary>The settings all endpoints of a kind share, from the <c>defaults</c> section.</summary>
internal sealed record EndpointDefaults(YamlMap? Map);

/// <summary>Binds the endpoints of an inventory. A setting is looked up at the endpoint first, then in the defaults of its kind.</summary>
internal sealed class EndpointBinder(IReadOnlyDictionary<string, Credential> credentials, Func<string, string> resolvePath)
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    private static readonly Dictionary<string, HostKeyPolicy> HostKeyPolicies = new(StringComparer.Ordinal)
    {
        ["strict"] = HostKeyPolicy.Strict,
        ["accept-new"] = HostKeyPolicy.AcceptNew,
    };

    private readonly List<(YamlMap Entry, string Key, string Name, Type Kind)> _references = [];

    /// <summary>Binds each section of defaults once on its own, so that its mistakes are reported even where no endpoint uses it.</summary>
    internal void CheckDefaults(params EndpointDefaults[] sections)
    {
        foreach (var map in sections.Select(section => section.Map).OfType<YamlMap>())
        {
            Credential(map, null);
            Timeout(map, null);
            if (map.Name == "vcenters")
                map.Integer("max-requests", 1, 64);
            if (map.Name is "vcenters" or "enclosures")
                Tls(map.Map("tls"), null);
            if (map.Name is "hosts" or "enclosures")
                Ssh(map.Map("ssh"), null, null);
            if (map.Name is "enclosures")
                VirtualConnect(map.Map("virtual-connect"), null);
            map.Finish();
        }
    }

    internal VCenterEndpoint VCenter(YamlMap entry, EndpointDefaults defaults)
    {
        var address = Address(entry, "address", entry.Name);
        var endpoint = new VCenterEndpoint
        {
            Name = entry.Name,
            Address = address.Host,
            Port = address.Port ?? 443,
            Path = address.Path ?? "/sdk",
            DeclaredAt = entry.At,
            Credential = Credential(entry, defaults.Map),
            ConnectTimeout = Timeout(entry, defaults.Map),
            LinkedGroup = entry.Text("linked-group"),
            MaxRequestsInFlight = (int)(entry.Integer("max-requests", 1, 64) ?? defaults.Map?.Integer("max-requests", 1, 64) ?? 8),
            Tls = Tls(entry.Map("tls"), defaults.Map?.Map("tls")),
        };
        entry.Finish();
        return endpoint;
    }

    internal HostEndpoint Host(YamlMap entry, EndpointDefaults defaults)
    {
        var address = Address(entry, "address", entry.Name);
        var endpoint = new HostEndpoint
        {
            Name = entry.Name,
            Address = address.Host,
            DeclaredAt = entry.At,
            Credential = Credential(entry, defaults.Map),
            ConnectTimeout = Timeout(entry, defaults.Map),
            Ssh = Ssh(entry.Map("ssh"), defaults.Map?.Map("ssh"), address.Port),
            VCenter = Reference(entry, "vcenter", typeof(VCenterEndpoint)),
            Enclosure = Reference(entry, "enclosure", typeof(EnclosureEndpoint)),
        };
        entry.Finish();
        return endpoint;
    }

    internal EnclosureEndpoint Enclosure(YamlMap entry, EndpointDefaults defaults)
    {
        var address = Address(entry, "address", entry.Name);
        var endpoint = new EnclosureEndpoint
        {
            Name = entry.Name,
            Address = address.Host,
            StandbyAddress = entry.Has("standby") ? Address(entry, "standby", entry.Name).Host : null,
            DeclaredAt = entry.At,
            Credential = Credential(entry, defaults.Map),
            ConnectTimeout = Timeout(entry, defaults.Map),
            Ssh = Ssh(entry.Map("ssh"), defaults.Map?.Map("ssh"), address.Port),
            HttpsPort = (int)(entry.Integer("https-port", 1, 65535) ?? 443),
            VirtualConnect = VirtualConnect(entry.Map("virtual-connect"), defaults.Map?.Map("virtual-connect")),
            Tls = Tls(entry.Map("tls"), defaults.Map?.Map("tls")),
        };
        entry.Finish();
        return endpoint;
    }

    private VirtualConnectSettings? VirtualConnect(YamlMap? own, YamlMap? defaults)
    {
        if (own is null && defaults is null)
            return null;
        var settings = new VirtualConnectSettings
        {
            Credential = Credential(own ?? defaults!, defaults),
            Ssh = Ssh(own?.Map("ssh"), defaults?.Map("ssh"), null),
        };
        own?.Finish();
        return settings;
    }

    /// <summary>Checks, once all endpoints are known, that those which others name exist.</summary>
    internal void CheckReferences(IReadOnlyList<Endpoint> endpoints)
    {
        foreach (var (entry, key, name, kind) in _references)
        {
            var candidates = endpoints.Where(kind.IsInstanceOfType).Select(endpoint => endpoint.Name).ToArray();
            if (!candidates.Contains(name, StringComparer.OrdinalIgnoreCase))
                entry.Wrong(key, $"{entry.Name}: there is no {key} \"{name}\"{NearestKey.Hint(name, candidates)}");
        }
    }

    private static EndpointAddress Address(YamlMap entry, string key, string fallback)
    {
        var text = entry.Text(key) ?? fallback;
        if (EndpointAddress.TryParse(text, out var address, out var error))
            return address!;
        if (entry.Has(key))
            entry.Wrong(key, error);
        else
            entry.Wrong($"{entry.Name}: \"{key}\" is missing and the name is no address: {error}");
        return new EndpointAddress("invalid", null, null);
    }

    private Credential? Credential(YamlMap entry, YamlMap? defaults)
    {
        var owner = entry.Has("credential") || defaults is null ? entry : defaults;
        var name = owner.Text("credential");
        entry.Text("credential");
        if (name is null)
            return null;
        if (credentials.TryGetValue(name, out var credential))
            return credential;
        if (ReferenceEquals(owner, entry))
            entry.Wrong("credential", $"{entry.Name}: there is no credential \"{name}\"{NearestKey.Hint(name, credentials.Keys)}");
        return null;
    }

    private static TimeSpan Timeout(YamlMap entry, YamlMap? defaults) =>
        entry.Duration("connect-timeout", ShortestTimeout, LongestTimeout)
        ?? defaults?.Duration("connect-timeout", ShortestTimeout, LongestTimeout)
        ?? DefaultTimeout;

    private TlsSettings Tls(YamlMap? own, YamlMap? defaults)
    {
        var thumbprints = new List<string>();
        foreach (var text in own?.Texts("thumbprint") ?? [])
        {
            if (!Thumbprint.TryNormalize(text, out var thumbprint, out var error))
                own!.Wrong("thumbprint", error);
            thumbprints.Add(thumbprint);
        }

        var settings = new TlsSettings
        {
            Thumbprint = thumbprints.Count > 0 ? thumbprints[0] : null,
            FurtherThumbprints = [.. thumbprints.Skip(1)],
            CaFile = (own?.Text("ca-file") ?? defaults?.Text("ca-file")) is { } path ? resolvePath(path) : null,
            AllowLegacy = own?.Boolean("allow-legacy") ?? defaults?.Boolean("allow-legacy") ?? false,
        };
        own?.Finish();
        return settings;
    }

    private static SshSettings Ssh(YamlMap? own, YamlMap? defaults, int? addressPort)
    {
        var fingerprints = own?.Texts("fingerprint") ?? [];
        if (fingerprints.Any(fingerprint => !fingerprint.StartsWith("SHA256:", StringComparison.Ordinal)))
            own!.Wrong("fingerprint", "expected the host key's fingerprint as ssh-keygen -l prints it: SHA256:…");
        var settings = new SshSettings
        {
            Port = (int?)own?.Integer("port", 1, 65535) ?? addressPort ?? (int?)defaults?.Integer("port", 1, 65535) ?? 22,
            AllowLegacy = own?.Boolean("allow-legacy") ?? defaults?.Boolean("allow-legacy") ?? false,
            HostKeyPolicy = own?.Choice("host-keys", HostKeyPolicies) ?? defaults?.Choice("host-keys", HostKeyPolicies) ?? HostKeyPolicy.Strict,
            Fingerprint = fingerprints.Count > 0 ? fingerprints[0] : null,
            FurtherFingerprints = [.. fingerprints.Skip(1)],
        };
        own?.Finish();
        return settings;
    }

    private string? Reference(YamlMap entry, string key, Type kind)
    {
        var name = entry.Text(key);
        if (name is not null)
            _references.Add((entry, key, name, kind));
        return name;
    }
}
