using System.CommandLine;
using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Targets;
using OpsKit.Modules;

namespace OpsKit.Cli.Commands.Plans;

/// <summary>A playbook and where it came from: a file, a saved plan, or a verb of the console, which is a playbook of one step.</summary>
internal sealed record PlaybookSource
{
    public const string CommandLine = "command line";

    public required Playbook Playbook { get; init; }

    public required string Text { get; init; }

    /// <summary>The file, absolute; null for a verb of the console.</summary>
    public string? File { get; init; }

    public IReadOnlyDictionary<string, string> Vars { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What <c>--limit</c> says.</summary>
    public IReadOnlyList<string> Limit { get; init; } = [];

    /// <summary>The inventory that a saved plan or an earlier run used; null where the console or the playbook says.</summary>
    public string? Inventory { get; init; }

    /// <summary>The plan that was saved; null for none.</summary>
    public SavedPlan? Saved { get; init; }

    public TargetLimit TargetLimit => TargetLimit.Parse(Limit, "--limit");

    /// <summary>Reads a playbook's file.</summary>
    /// <exception cref="OpsKitException">Kind Usage: every mistake with its place.</exception>
    public static PlaybookSource Read(CommandContext context, string name, IReadOnlyDictionary<string, string> vars)
    {
        var path = context.JumpHost.ResolvePath(name);
        var source = new PlaybookSource
        {
            Playbook = PlaybookReader.Read(path, name, vars, ModuleVerbs.All),
            Text = YamlFile.ReadText(path, name),
            File = path,
            Vars = vars,
            Limit = context.Settings.Limit,
        };
        _ = source.TargetLimit;
        return source;
    }

    /// <summary>Reads a playbook or a saved plan.</summary>
    /// <exception cref="OpsKitException">Kind Usage: what is wrong with it.</exception>
    public static PlaybookSource ReadEither(CommandContext context, string name, IReadOnlyDictionary<string, string> vars)
    {
        var path = context.JumpHost.ResolvePath(name);
        if (!SavedPlan.IsOne(path))
            return Read(context, name, vars);
        if (vars.Count > 0 || context.Settings.Limit.Count > 0)
            throw new OpsKitException(FailureKind.Usage, $"{name} is a saved plan; its variables and limits are those it was made with", next: "leave --var and --limit out, or make another plan");
        var saved = SavedPlan.Read(path, name);
        return new PlaybookSource
        {
            Playbook = PlaybookReader.Parse(saved.PlaybookText, saved.Plan.File, saved.Vars, ModuleVerbs.All),
            Text = saved.PlaybookText,
            File = context.JumpHost.ResolvePath(saved.Plan.File),
            Vars = saved.Vars,
            Limit = saved.Limit,
            Inventory = saved.Plan.Inventory == CommandLine ? null : saved.Plan.Inventory,
            Saved = saved,
        };
    }

    /// <summary>The argument that names a playbook.</summary>
    public static Argument<string> Argument(string name, string description) => new(name) { HelpName = name.ToUpperInvariant(), Description = description };
}
