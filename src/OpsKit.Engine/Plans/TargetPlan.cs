using OpsKit.Connections;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Plans;

/// <summary>What a step would do to one target.</summary>
public sealed record TargetPlan
{
    /// <summary>The target.</summary>
    public required Target Target { get; init; }

    /// <summary>What was observed, by the field's names; part of what makes a saved plan stale.</summary>
    public IReadOnlyDictionary<string, string> Observed { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The changes, in order; empty where nothing is to do.</summary>
    public IReadOnlyList<PlannedChange> Changes { get; init; } = [];

    /// <summary>What stands in the way: with one of these the step does not begin.</summary>
    public IReadOnlyList<string> Blockers { get; init; } = [];

    /// <summary>What the operator should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the target could not be read; null where it was.</summary>
    public string? NotAssessed { get; init; }

    /// <summary>The kind of failure behind <see cref="NotAssessed"/>.</summary>
    public FailureKind? Failure { get; init; }

    /// <summary>The number of an earlier step that changes the target first (of a verb that only reads: changes anything), so that it is observed again in its turn; 0 for none.</summary>
    public int DependsOnStep { get; init; }

    /// <summary>What it shares with other targets of its step while it is changed; empty for nothing that limits how many are changed at a time.</summary>
    public IReadOnlyList<SharedUse> Uses { get; init; } = [];

    /// <summary>What a verb that only reads has to report.</summary>
    public IReadOnlyList<ReportTable> Reports { get; init; } = [];
}

/// <summary>One change of a plan.</summary>
public sealed record PlannedChange
{
    /// <summary>Unique among the changes of its target and step, and the same each time the same change is planned.</summary>
    public required string Id { get; init; }

    /// <summary>One line: what is done.</summary>
    public required string Summary { get; init; }

    /// <summary>The state found.</summary>
    public required string Before { get; init; }

    /// <summary>The state wanted.</summary>
    public required string After { get; init; }

    /// <summary>What it does to what runs.</summary>
    public required Impact Impact { get; init; }

    /// <summary>What <see cref="IBoundVerb.ApplyAsync"/> needs to know, as text.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What a change came to.</summary>
/// <param name="After">The state proven, as read back.</param>
/// <param name="Note">What else the operator should know; null for nothing.</param>
public sealed record ChangeResult(string After, string? Note = null);

/// <summary>Whether a change whose outcome was lost has taken effect.</summary>
/// <param name="Effect">Whether it has.</param>
/// <param name="Detail">What was seen.</param>
public sealed record Standing(Effect Effect, string Detail)
{
    /// <summary>For <see cref="Effect.NotDone"/>: whether a request that was sent may still be on its way. It is looked at for a while, then.</summary>
    public bool MayStillCome { get; init; }
}

/// <summary>Answers of <see cref="IBoundVerb.ObserveAsync"/>.</summary>
public enum Effect
{
    /// <summary>The state wanted is there.</summary>
    Done,

    /// <summary>Nothing was done; it may be done now.</summary>
    NotDone,

    /// <summary>It is still under way; applying again attaches to it.</summary>
    UnderWay,

    /// <summary>It cannot be told; nothing is done without the operator.</summary>
    Unknown,
}
