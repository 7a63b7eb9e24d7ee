using OpsKit.Connections;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Targets;

/// <summary>A thing that selectors choose from.</summary>
public sealed record Candidate
{
    /// <summary>The thing as a target.</summary>
    public required Target Target { get; init; }

    /// <summary>Other names it answers to: its name in the inventory, its address.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Tags set on it (virtual machines).</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The folder it is in, such as <c>/DC/vm/Prod</c> (virtual machines).</summary>
    public string Folder { get; init; } = "";
}

/// <summary>A vCenter whose things are not known, as it could not be read.</summary>
/// <param name="VCenter">Its name in the inventory.</param>
/// <param name="Kind">Why, as a kind.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record Unread(string VCenter, FailureKind Kind, string Reason);

/// <summary>What selectors choose from.</summary>
/// <param name="Candidates">Things of one kind.</param>
/// <param name="Unread">vCenters that could not be read.</param>
public sealed record TargetFacts(IReadOnlyList<Candidate> Candidates, IReadOnlyList<Unread> Unread);
