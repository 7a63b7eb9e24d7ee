using System.Security.Cryptography;
using System.Text;
using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Playbooks;

/// <summary>Reads playbooks. What is wrong is collected, so that one look mends it all; nothing is contacted.</summary>
public static class PlaybookReader
{
    private static readonly Dictionary<string, string> NoVars = new(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="name">The file as the user named it.</param>
    /// <param name="vars">Variables given besides; they win over the playbook's <c>vars</c>.</param>
    /// <param name="verbs">What steps can use.</param>
    /// <exception cref="OpsKitException">Kind Usage: it cannot be read or is wrong; a line for each error, with <c>file:line:column</c>.</exception>
    public static Playbook Read(string path, string name, IReadOnlyDictionary<string, string>? vars, IReadOnlyList<IVerb> verbs)
    {
        var errors = new YamlErrors();
        var map = YamlFile.Open(path, name, errors);
        return Bind(map, errors, File.ReadAllBytes(path), vars ?? NoVars, verbs);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="vars">Variables given besides; they win over the playbook's <c>vars</c>.</param>
    /// <param name="verbs">What steps can use.</param>
    /// <exception cref="OpsKitException">Kind Usage: it is wrong; a line for each error.</exception>
    public static Playbook Parse(string text, string name, IReadOnlyDictionary<string, string>? vars, IReadOnlyList<IVerb> verbs)
    {
        ArgumentNullException.ThrowIfNull(text);
        var errors = new YamlErrors();
        var map = YamlFile.Parse(text.TrimStart('\uFEFF'), name, errors);
        return Bind(map, errors, Encoding.UTF8.GetBytes(text), vars ?? NoVars, verbs);
    }

    private static Playbook Bind(YamlMap map, YamlErrors errors, byte[] bytes, IReadOnlyDictionary<string, string> given, IReadOnlyList<IVerb> verbs)
    {
        var vars = Variables(map, given);
        map.Expand(vars, "vars");
        var name = map.RequiredText("name");
        var inventory = map.Text("inventory");
        var guards = GuardBinder.Bind(map);
        var steps = StepBinder.Bind(map, verbs);
        if (!map.Has("steps"))
            map.Wrong("\"steps\" is missing");
        else if (map.Maps("steps").Count == 0)
            map.Wrong("steps", "\"steps\" is empty, expected at least one step");
        map.Finish();
        errors.ThrowIfAny();
        return new Playbook { File = map.File, Name = name, Inventory = inventory, Vars = vars, Guards = guards, Steps = steps, Sha256 = Hash(bytes, vars) };
    }

    private static SortedDictionary<string, string> Variables(YamlMap map, IReadOnlyDictionary<string, string> given)
    {
        var vars = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var named = map.Map("vars");
        foreach (var key in named?.Keys.ToList() ?? [])
        {
            if (!IsName(key))
                named!.Wrong(key, $"\"{key}\" cannot name a variable, expected letters, digits, - and _");
            else if (given.TryGetValue(key, out var value))
                vars[key] = value;
            else if (named!.Text(key) is { } text)
                vars[key] = text;
            else if (!named.Has(key))
                named.Wrong(key, $"the variable \"{key}\" has no value; give it with --var {key}=VALUE");
        }

        foreach (var (key, value) in given)
        {
            if (vars.TryAdd(key, value) && named?.Keys.Contains(key, StringComparer.Ordinal) is not true)
                map.Wrong($"--var {key}: the playbook has no such variable{NearestKey.Hint(key, named?.Keys ?? [])}");
        }

        return vars;
    }

    private static bool IsName(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Hash(byte[] bytes, SortedDictionary<string, string> vars)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        foreach (var (name, value) in vars)
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{name}={value}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
