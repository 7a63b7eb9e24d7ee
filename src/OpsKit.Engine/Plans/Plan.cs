using OpsKit.Engine.Guards;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Plans;

/// <summary>What a playbook would do: data, of which the text, the JSON and the HTML are views.</summary>
public sealed record Plan
{
    /// <summary>The playbook's name.</summary>
    public required string Playbook { get; init; }

    /// <summary>The playbook's file as named.</summary>
    public required string File { get; init; }

    /// <summary>Hash of playbook and variables.</summary>
    public required string PlaybookSha256 { get; init; }

    /// <summary>The inventory's file.</summary>
    public required string Inventory { get; init; }

    /// <summary>Hash of the inventory's file.</summary>
    public required string InventorySha256 { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>The steps.</summary>
    public required IReadOnlyList<StepPlan> Steps { get; init; }

    /// <summary>Whether anything would change.</summary>
    public bool HasChanges => Steps.Any(step => step.Targets.Any(target => target.Changes.Count > 0));

    /// <summary>Whether anything stands in the way.</summary>
    public bool IsBlocked => Steps.Any(step => step.Targets.Any(target => target.Blockers.Count > 0));
}

/// <summary>One step of a plan.</summary>
public sealed record StepPlan
{
    /// <summary>The step's place in the playbook, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The step's name.</summary>
    public required string Name { get; init; }

    /// <summary>The verb's name.</summary>
    public required string Verb { get; init; }

    /// <summary>The worst its changes do.</summary>
    public Impact Impact => Targets.SelectMany(target => target.Changes).Select(change => change.Impact).DefaultIfEmpty(Impact.None).Max();

    /// <summary>The targets.</summary>
    public required IReadOnlyList<TargetPlan> Targets { get; init; }

    /// <summary>The batches: places in <see cref="Targets"/>, in the order they are taken.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Batches { get; init; }

    /// <summary>The longest one change may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Guards that watch while the step runs, besides those of the playbook.</summary>
    public IReadOnlyList<StepGuard> Guards { get; init; } = [];

    /// <summary>Text for a step that waits for a human.</summary>
    public string? Instructions { get; init; }
}
