using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;

namespace OpsKit.Connections.Inventory;

/// <summary>
/// Reads an inventory file. All that is wrong with it is reported at once, each with file, line and column; nothing is contacted and no
/// secret is fetched.
/// </summary>
public sealed class InventoryReader
{
    private readonly JumpHost _host;
    private readonly YamlErrors _errors = new();
    private readonly Dictionary<string, Credential> _credentials = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _declared = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Endpoint> _endpoints = [];
    private string _folder = "";

    private InventoryReader(JumpHost host) => _host = host;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; relative to the working folder.</param>
    /// <param name="host">Resolves <c>~</c> and relative paths.</param>
    /// <exception cref="OpsKitException">The file cannot be read or something in it is wrong (<see cref="FailureKind.Usage"/>).</exception>
    public static Estate Read(string path, JumpHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var full = host.ResolvePath(path);
        if (!File.Exists(full))
            throw new OpsKitException(FailureKind.Usage, "the inventory file does not exist", path, "opskit help inventory shows how to write one");
        return new InventoryReader(host).Bind(full, path);
    }

    private Estate Bind(string full, string shown)
    {
        _folder = Path.GetDirectoryName(full) ?? _host.WorkingDirectory;
        var root = YamlFile.Open(full, shown, _errors);
        root.Integer("version", 1, 1);
        foreach (var entry in root.Map("credentials")?.Entries() ?? [])
            BindCredential(entry);

        var defaults = root.Map("defaults");
        var vcenterDefaults = new EndpointDefaults(defaults?.Map("vcenters"));
        var hostDefaults = new EndpointDefaults(defaults?.Map("hosts"));
        var enclosureDefaults = new EndpointDefaults(defaults?.Map("enclosures"));
        var binder = new EndpointBinder(_credentials, ResolvePath);
        binder.CheckDefaults(vcenterDefaults, hostDefaults, enclosureDefaults);
        defaults?.Finish();

        foreach (var entry in root.Map("vcenters")?.Entries() ?? [])
            Declare(entry, binder.VCenter(entry, vcenterDefaults));
        foreach (var entry in root.Map("enclosures")?.Entries() ?? [])
            Declare(entry, binder.Enclosure(entry, enclosureDefaults));
        foreach (var entry in root.Map("hosts")?.Entries() ?? [])
            Declare(entry, binder.Host(entry, hostDefaults));
        binder.CheckReferences(_endpoints);
        var groups = BindGroups(root.Map("groups"));
        root.Finish();
        _errors.ThrowIfAny();
        return new Estate(shown, _endpoints, groups);
    }

    private void BindCredential(YamlMap entry)
    {
        var credential = new Credential
        {
            Name = entry.Name,
            UserName = entry.RequiredText("user"),
            Password = entry.Secret("password", ResolvePath),
            PrivateKeyFile = entry.Text("key") is { } key ? ResolvePath(key) : null,
            Passphrase = entry.Secret("passphrase", ResolvePath),
        };
        if (credential.Password is null && credential.PrivateKeyFile is null && !entry.Has("password"))
            entry.Wrong($"{entry.Name}: neither \"password\" nor \"key\" is given");
        if (credential.Passphrase is not null && credential.PrivateKeyFile is null)
            entry.Wrong("passphrase", "\"passphrase\" is given without a \"key\" that it could open");
        entry.Finish();
        _credentials[entry.Name] = credential;
    }

    private void Declare(YamlMap entry, Endpoint endpoint)
    {
        if (_declared.TryGetValue(endpoint.Name, out var before))
            entry.Wrong($"the name \"{endpoint.Name}\" is taken already, at {before}; names are unique across vcenters, hosts and enclosures");
        else
            _declared.Add(endpoint.Name, endpoint.DeclaredAt);
        _endpoints.Add(endpoint);
    }

    private Dictionary<string, IReadOnlyList<string>> BindGroups(YamlMap? map)
    {
        var groups = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (map is null)
            return groups;

        var names = map.Keys.ToArray();
        foreach (var name in names)
        {
            if (_declared.TryGetValue(name, out var at))
                map.Wrong(name, $"the group \"{name}\" has the name of an endpoint (at {at})");
            groups[name] = map.Texts(name);
        }

        foreach (var (name, members) in groups)
        {
            foreach (var member in members.Where(member => !GlobPattern.IsPattern(member) && !_declared.ContainsKey(member) && !groups.ContainsKey(member)))
                map.Wrong(name, $"group \"{name}\": there is no endpoint or group \"{member}\"{NearestKey.Hint(member, _declared.Keys.Concat(names))}");
            if (Contains(groups, name, name, []))
                map.Wrong(name, $"group \"{name}\" contains itself");
        }

        return groups;
    }

    private static bool Contains(Dictionary<string, IReadOnlyList<string>> groups, string group, string wanted, HashSet<string> seen) =>
        groups.TryGetValue(group, out var members)
        && members.Any(member => member == wanted || (seen.Add(member) && Contains(groups, member, wanted, seen)));

    private string ResolvePath(string path) => path.StartsWith('~') ? _host.ResolvePath(path) : Path.GetFullPath(path, _folder);
}
