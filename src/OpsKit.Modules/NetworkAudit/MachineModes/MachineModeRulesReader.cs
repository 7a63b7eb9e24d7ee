using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;
using OpsKit.Modules.Configuration;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Reads <c>vm-modes.yaml</c>: the file given, else the one in the configuration folder, else the one built in.</summary>
public static class MachineModeRulesReader
{
    /// <summary>The file's name in the configuration folder.</summary>
    public const string FileName = "vm-modes.yaml";

    private static readonly Dictionary<string, bool> ExecModes = new(StringComparer.Ordinal) { ["hvOn"] = true, ["hvOff"] = false };
    private static readonly Dictionary<string, bool> MmuModes = new(StringComparer.Ordinal) { ["on"] = true, ["off"] = false };

    private static readonly FactsFile<IReadOnlyList<MachineModeRule>> Source = new(FileName, Bind);

    /// <summary>The rules that come with OpsKit (<c>config/vm-modes.yaml</c>).</summary>
    public static IReadOnlyList<MachineModeRule> BuiltIn => Source.BuiltIn;

    /// <summary>The rules in force.</summary>
    /// <param name="jumpHost">The machine whose configuration folder counts.</param>
    /// <param name="file">The file to use; null for the configured or the built-in one.</param>
    /// <exception cref="OpsKitException">It cannot be read, or says something that has no meaning (usage; file, line and column).</exception>
    public static IReadOnlyList<MachineModeRule> Load(JumpHost jumpHost, string? file = null) => Source.Load(jumpHost, file);

    /// <summary>Reads rules from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="OpsKitException">It says something that has no meaning (usage; file, line and column).</exception>
    public static IReadOnlyList<MachineModeRule> Parse(string text, string source) => Source.Parse(text, source);

    private static List<MachineModeRule> Bind(YamlMap root, YamlErrors errors)
    {
        if (root.RequiredText("version") is { Length: > 0 } version && version != "1")
            root.Wrong("version", $"this opskit reads version 1, not {version}");
        var rules = root.Maps("rules").Select(Rule).ToList();
        root.Finish();
        errors.ThrowIfAny();
        return rules;
    }

    private static MachineModeRule Rule(YamlMap map)
    {
        map.RequiredText("exec");
        map.RequiredText("mmu");
        var (exec, mmu) = (map.Choice("exec", ExecModes), map.Choice("mmu", MmuModes));
        if (exec == false && mmu == true)
            map.Wrong("mmu", "hvOff goes with mmu: off alone");
        var guests = map.Texts("guests");
        if (guests.Count == 0)
            map.Wrong("a rule names no guests");
        var rule = new MachineModeRule(guests, exec == false ? "hvOff" : "hvOn", mmu == false ? "off" : "on", map.RequiredText("reason"), map.RequiredText("source"));
        map.Finish();
        return rule;
    }
}
