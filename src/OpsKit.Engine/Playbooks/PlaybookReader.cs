using System.Security.Cryptography;
using System.Text;
using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Playbooks;

/// <summary>Reads playbooks. What is wrong is collected, so that one look mends it all; nothing is contacted.</summary>
public static class PlaybookReader
{
    /// <summary>Most steps of a playbook.</summary>
    internal const int MostSteps = 1000;

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
        var playbook = Examine(YamlFile.ReadText(path, name), name, path, vars, verbs, errors).Playbook;
        errors.ThrowIfAny();
        return playbook;
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
        var playbook = Examine(text, name, path: null, vars, verbs, errors).Playbook;
        errors.ThrowIfAny();
        return playbook;
    }

    /// <summary>Reads a text with its mistakes; the playbook is of use only where there are none.</summary>
    /// <exception cref="OpsKitException">Kind Usage: it is no YAML, or past a limit.</exception>
    internal static (Playbook Playbook, BoundVariables Variables) Examine(
        string text, string name, string? path, IReadOnlyDictionary<string, string>? given, IReadOnlyList<IVerb> verbs, YamlErrors errors)
    {
        ArgumentNullException.ThrowIfNull(verbs);
        var map = YamlFile.Parse(text.TrimStart('\uFEFF'), name, errors);
        var variables = VariableBinder.Bind(map, given ?? NoVars);
        var playbook = new Playbook
        {
            File = map.File,
            Name = Names.Required(map),
            Inventory = map.Text("inventory") is { } inventory ? Beside(path, inventory) : null,
            Vars = variables.Values,
            Guards = GuardBinder.Bind(map),
            Steps = StepBinder.Bind(map, verbs),
            Sha256 = Hash(text, variables.Values),
        };
        map.Finish();
        return (playbook, variables);
    }

    /// <summary>The guards of a text that was valid once; what is wrong with it by now is left out. Verbs do not matter.</summary>
    internal static IReadOnlyList<GuardSpec> GuardsOf(string text, IReadOnlyDictionary<string, string> given)
    {
        try
        {
            var map = YamlFile.Parse(text.TrimStart('\uFEFF'), "playbook", new YamlErrors());
            VariableBinder.Bind(map, given);
            return GuardBinder.Bind(map);
        }
        catch (OpsKitException)
        {
            return [];
        }
    }

    private static string Beside(string? playbook, string file) =>
        playbook is null || file.StartsWith('~') ? file : Path.GetFullPath(file, Path.GetDirectoryName(Path.GetFullPath(playbook)) ?? "");

    /// <summary>Lengths go before the parts, so that no two playbooks have the same bytes hashed.</summary>
    private static string Hash(string text, IReadOnlyDictionary<string, string> vars)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in vars.SelectMany(variable => new[] { variable.Key, variable.Value }).Prepend(text))
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
