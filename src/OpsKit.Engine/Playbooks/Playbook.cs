namespace OpsKit.Engine.Playbooks;

/// <summary>A playbook as read and bound: variables are filled in, selectors parsed, nothing contacted yet.</summary>
public sealed record Playbook
{
    /// <summary>The file as the user named it, or <c>command line</c> for a verb run from the console.</summary>
    public required string File { get; init; }

    /// <summary>What the playbook calls itself.</summary>
    public required string Name { get; init; }

    /// <summary>The inventory it names: absolute where the playbook is a file, to whose folder it is relative; null to use the console's.</summary>
    public string? Inventory { get; init; }

    /// <summary>The variables with their values after <c>--var</c>.</summary>
    public IReadOnlyDictionary<string, string> Vars { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What watches while the steps run.</summary>
    public IReadOnlyList<GuardSpec> Guards { get; init; } = [];

    /// <summary>The steps in order; never empty.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>SHA-256 over the file's text and the values of the variables, in lower-case hex: what a saved plan is bound to.</summary>
    public required string Sha256 { get; init; }
}
