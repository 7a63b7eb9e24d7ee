using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Playbooks;

/// <summary>One step of a playbook.</summary>
public sealed record Step
{
    /// <summary>Its place in the playbook, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its <c>name</c>, or the verb's name where it has none.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands, as <c>file:line:column</c>.</summary>
    public required string At { get; init; }

    /// <summary>What does the work.</summary>
    public required IVerb Verb { get; init; }

    /// <summary>The verb with the step's options (<c>with</c>).</summary>
    public required IBoundVerb Bound { get; init; }

    /// <summary>What to work on; empty for a verb without targets.</summary>
    public IReadOnlyList<TargetSelector> Targets { get; init; } = [];

    /// <summary>How many targets are taken at a time, the last entry repeated; empty for all at once (queries) or one by one (changes).</summary>
    public IReadOnlyList<BatchSize> Batches { get; init; } = [];

    /// <summary>What a batch counts.</summary>
    public BatchBy BatchBy { get; init; } = BatchBy.Target;

    /// <summary>How many failed targets stop the step: 1 to 10000. A batch under way is finished first.</summary>
    public int StopAfterFailures { get; init; } = 1;

    /// <summary>Whether the step asks before it begins.</summary>
    public Confirmation Confirm { get; init; } = Confirmation.ByImpact;

    /// <summary>The longest a change of the step may take; null for the verb's own.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>What a batch counts.</summary>
public enum BatchBy
{
    /// <summary>Each target.</summary>
    Target,

    /// <summary>The targets of one cluster together.</summary>
    Cluster,

    /// <summary>The targets of one enclosure together.</summary>
    Enclosure,
}

/// <summary>When a step asks before it begins.</summary>
public enum Confirmation
{
    /// <summary>As the impact of its changes demands.</summary>
    ByImpact,

    /// <summary>Always, with yes or no at least.</summary>
    Always,

    /// <summary>By the name of what is touched, whatever the impact.</summary>
    Name,
}
