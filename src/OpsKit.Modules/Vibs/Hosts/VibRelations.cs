namespace OpsKit.Modules.Vibs;

/// <summary>What relations between VIBs mean.</summary>
internal static class VibRelations
{
    private static readonly string[] Words = ["<<", "<=", ">=", ">>", "=", "<", ">"];

    /// <summary>Reads one as <c>esxcli</c> prints it: <c>esx-base &gt;= 5.5</c>.</summary>
    public static VibRelation Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var relation, var version] && Words.Contains(relation)
            ? new VibRelation(name, relation, version)
            : new VibRelation(text.Trim(), null, null);

    /// <summary>Whether something of that name and version is meant.</summary>
    public static bool Fits(this VibRelation relation, string name, string? version)
    {
        if (name != relation.Name)
            return false;
        if (relation.Version is not { } wanted)
            return true;
        if (version is null)
            return false;
        var order = VibVersion.Compare(version, wanted);
        return relation.Relation switch
        {
            "<<" or "<" => order < 0,
            "<=" => order <= 0,
            ">=" => order >= 0,
            ">>" or ">" => order > 0,
            _ => order == 0,
        };
    }
}
