namespace OpsKit.Modules.Vibs;

/// <summary>What a package needs, conflicts with, replaces or provides.</summary>
/// <param name="Name">The name of a package or of an interface, such as <c>esx-base</c> or <c>vmkapi_2_0_0_0</c>.</param>
/// <param name="Relation">How versions compare: <c>&lt;&lt;</c>, <c>&lt;=</c>, <c>=</c>, <c>&gt;=</c>, <c>&gt;&gt;</c>; null for any version.</param>
/// <param name="Version">The version to compare with; null for any.</param>
public sealed record VibRelation(string Name, string? Relation, string? Version)
{
    /// <summary>Reads one as esxcli shows it, such as <c>esx-base >= 5.5</c> or <c>vmkapi_2_0_0_0</c>.</summary>
    /// <param name="text">A name; a relation and a version after it, with blanks between them.</param>
    public static VibRelation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return VibRelations.Parse(text);
    }

    /// <summary>As esxcli shows it, such as <c>esx-base >= 5.5</c>.</summary>
    public override string ToString() => Version is null ? Name : $"{Name} {Relation ?? "="} {Version}";
}
