using OpsKit.Connections;
using OpsKit.Engine.Plans;

namespace OpsKit.Modules.Vibs;

/// <summary>What a host's changes need to know of each other; each of them carries it, so that a run that is taken up needs no plan.</summary>
internal sealed record VibOrder
{
    private const char Separator = ' ';

    public required VibAction Action { get; init; }

    /// <summary>The file on the host; empty for a removal.</summary>
    public string Path { get; init; } = "";

    /// <summary>Where long commands keep their log.</summary>
    public required string Folder { get; init; }

    public bool IsBundle { get; init; }

    /// <summary>The file here; empty where it is not sent.</summary>
    public string Local { get; init; } = "";

    /// <summary>The path within that file; empty for the file itself.</summary>
    public string Inner { get; init; } = "";

    public string Sha256 { get; init; } = "";

    /// <summary>What is chosen of a bundle, and what is removed: names as <c>esxcli</c> takes them.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What is to be there afterwards, as <c>name=version</c>.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    /// <summary>What is to be gone afterwards, by name.</summary>
    public IReadOnlyList<string> Unwanted { get; init; } = [];

    /// <summary>Whether a restart brings it.</summary>
    public bool NeedsRestart { get; init; }

    /// <summary>Whether the plan enters maintenance mode for it, and so leaves it again.</summary>
    public bool Enters { get; init; }

    /// <summary>Whether the running system is not to be changed.</summary>
    public bool NoLiveInstall { get; init; }

    public SortedDictionary<string, string> ToArguments() => new(StringComparer.Ordinal)
    {
        ["action"] = Action.ToString(),
        ["path"] = Path,
        ["folder"] = Folder,
        ["bundle"] = Word(IsBundle),
        ["local"] = Local,
        ["inner"] = Inner,
        ["sha256"] = Sha256,
        ["names"] = string.Join(Separator, Names),
        ["wanted"] = string.Join(Separator, Wanted),
        ["unwanted"] = string.Join(Separator, Unwanted),
        ["restart"] = Word(NeedsRestart),
        ["enters"] = Word(Enters),
        ["no-live-install"] = Word(NoLiveInstall),
    };

    /// <exception cref="OpsKitException">The change is none of this version's.</exception>
    public static VibOrder Of(PlannedChange change)
    {
        string Text(string key) => change.Arguments.GetValueOrDefault(key, "");
        if (!Enum.TryParse<VibAction>(Text("action"), out var action))
            throw new OpsKitException(FailureKind.Usage, $"the plan's change {change.Id} lacks what this version needs to carry it out", next: "make a new plan");
        return new VibOrder
        {
            Action = action,
            Path = Text("path"),
            Folder = Text("folder"),
            IsBundle = Text("bundle") == Word(true),
            Local = Text("local"),
            Inner = Text("inner"),
            Sha256 = Text("sha256"),
            Names = Words("names"),
            Wanted = Words("wanted"),
            Unwanted = Words("unwanted"),
            NeedsRestart = Text("restart") == Word(true),
            Enters = Text("enters") == Word(true),
            NoLiveInstall = Text("no-live-install") == Word(true),
        };

        string[] Words(string key) => Text(key).Split(Separator, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The options of <c>esxcli software vib install|update|remove</c>.</summary>
    public IReadOnlyList<string> Options()
    {
        var options = new List<string>();
        if (Path.Length > 0)
            options.AddRange([IsBundle ? "-d" : "-v", Path]);
        foreach (var name in Names)
            options.AddRange(["-n", name]);
        if (NoLiveInstall)
            options.Add("--no-live-install");
        return options;
    }

    public string Command => $"software vib {Action.ToString().ToLowerInvariant()}";

    /// <summary>Whether an image has what is wanted and lacks what is not.</summary>
    public bool IsMetBy(IReadOnlyList<InstalledVib> image) =>
        Wanted.All(wanted => image.Any(vib => $"{vib.Name}={vib.Version}" == wanted)) && Unwanted.All(name => image.All(vib => vib.Name != name));

    private static string Word(bool yes) => yes ? "yes" : "no";
}
