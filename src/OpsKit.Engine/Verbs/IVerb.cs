using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;

namespace OpsKit.Engine.Verbs;

/// <summary>What a step can use: one verb of a module, such as <c>host.enter-maintenance</c>.</summary>
public interface IVerb
{
    /// <summary><c>module.verb</c>, in lower case.</summary>
    string Name { get; }

    /// <summary>One line for lists and the schema.</summary>
    string Summary { get; }

    /// <summary>What it works on.</summary>
    TargetKind TargetKind { get; }

    /// <summary>The worst its changes can do; <see cref="Impact.None"/> for one that only reads.</summary>
    Impact Impact { get; }

    /// <summary>Whether it changes anything at all.</summary>
    bool Changes { get; }

    /// <summary>The keys of <c>with</c>.</summary>
    IReadOnlyList<OptionSpec> Options { get; }

    /// <summary>The words of its command on the console, such as <c>vib</c>, <c>acceptance</c>, <c>get</c>; the parts of its name where it says nothing else.</summary>
    IReadOnlyList<string> CommandWords => Name.Split('.');

    /// <summary>Whether all targets are one batch where the step names none: queries, and changes that limit by what they share how many are under way.</summary>
    bool TakesAllAtOnce => !Changes;

    /// <summary>For a verb that only reads: how often what it reports is new, so that a console can read it again as often. Null where nobody watches it.</summary>
    TimeSpan? Refreshes => null;

    /// <summary>For a verb that changes: the option by which the console reaches it below the command of one that only reads; null where it is a command of its own.</summary>
    VerbFlag? Flag => null;

    /// <summary>Whether its report has a drawing.</summary>
    bool Draws => false;

    /// <summary>Reads the options; what is wrong goes to the map's errors, with its place. Contacts nothing.</summary>
    IBoundVerb Bind(YamlMap with);
}

/// <summary>An option that makes a command that only reads one that changes, as in <c>opskit audit flexnics esx01 --hide</c>.</summary>
/// <param name="Verb">The verb that only reads; its targets are of the same kind.</param>
/// <param name="Word">The option's name without dashes.</param>
/// <param name="Description">What it does.</param>
public sealed record VerbFlag(string Verb, string Word, string Description);

/// <summary>A verb with its options.</summary>
public interface IBoundVerb
{
    /// <summary>The longest one of its changes may take where the step names no <c>timeout</c>.</summary>
    TimeSpan DefaultTimeout { get; }

    /// <summary>The file into which its reports go besides the run's folder; null for none.</summary>
    string? ReportFile => null;

    /// <summary>
    /// Ping guards that are to watch while its step runs, where the playbook has none of its own: for a verb that must not be used without. Their names are
    /// made unique by the plan, which also finds what their selectors mean.
    /// </summary>
    /// <param name="targets">The targets of the step.</param>
    IReadOnlyList<PingGuardSpec> GuardsOf(IReadOnlyList<Target> targets) => [];

    /// <summary>Observes one target and says what would change. Has queries alone to do it with.</summary>
    Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken);

    /// <summary>
    /// Observes all targets of a step at once, where that takes fewer calls or where a report is about all of them. One plan for each target, in their order; a
    /// report about all belongs to the first. Null, as it is where a verb says nothing else: ask for each target by itself.
    /// </summary>
    Task<IReadOnlyList<TargetPlan>?> PlanTogetherAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TargetPlan>?>(null);

    /// <summary>Carries out one change and proves it. Throws when it failed; <c>OpsKitException.OutcomeUnknown</c> where that is open.</summary>
    Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken);

    /// <summary>Looks whether a change whose outcome was lost, or that failed, has taken effect.</summary>
    /// <param name="doors">Queries alone.</param>
    /// <param name="target">The target.</param>
    /// <param name="change">The change.</param>
    /// <param name="note">What the attempt remembered last (<see cref="IApplyingDoors.Remember"/>); null where it ended before it remembered anything.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken);
}

/// <summary>A key of a step's <c>with</c>, for the schema and the help.</summary>
/// <param name="Name">The key.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Description">What it does, with unit and range.</param>
/// <param name="Default">What holds where it is not given; null where it must be.</param>
public sealed record OptionSpec(string Name, OptionKind Kind, string Description, string? Default)
{
    /// <summary>The values of a <see cref="OptionKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Whether the console takes it as an argument after the one target, as in <c>opskit vc reset-ilo ENCLOSURE BAY</c>.</summary>
    public bool Positional { get; init; }

    /// <summary>What stands for its value in help, such as <c>FILE</c>; null for the word of its kind.</summary>
    public string? Placeholder { get; init; }

    /// <summary>The value a console takes where the option stands alone, as in <c>--prove</c>; null where it needs one. A boolean's is <c>true</c>.</summary>
    public string? Alone { get => field ?? (Kind == OptionKind.Boolean ? "true" : null); init; }

    /// <summary>The value that examples of the verb give it; null where they leave it out.</summary>
    public string? Example { get; init; }

    /// <summary>The targets that a value of it names, for a console where no target is given: those of an undo file, say. Null where its values name none. Contacts nothing.</summary>
    public Func<JumpHost, string, IReadOnlyList<string>>? NamedTargets { get; init; }
}

/// <summary>Kinds of option values.</summary>
public enum OptionKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A list of texts, or one text.</summary>
    Texts,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A time such as 30s or 5m.</summary>
    Duration,

    /// <summary>One of a few words.</summary>
    Choice,
}
