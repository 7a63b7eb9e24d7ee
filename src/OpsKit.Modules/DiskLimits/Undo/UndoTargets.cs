using OpsKit.Connections.Platform;

namespace OpsKit.Modules.DiskLimits;

/// <summary>The machines of an undo file as targets of the console.</summary>
internal static class UndoTargets
{
    public static IReadOnlyList<string> Of(JumpHost jumpHost, string file) => [.. UndoReader.Read(jumpHost, file).Select(entry => Selector(entry.Name)).Distinct(StringComparer.Ordinal)];

    /// <summary>What selects a machine of a name. Blanks that a selector would read in its own way match as any letter; a machine that it takes in besides has nothing to be put back.</summary>
    internal static string Selector(string name)
    {
        var words = name.Split(' ');
        return words.Any(word => word.Length == 0 || word.StartsWith("tag=", StringComparison.OrdinalIgnoreCase) || word.StartsWith("folder=", StringComparison.OrdinalIgnoreCase))
            ? $"vm:?{string.Join('?', words)[1..]}"
            : $"vm:{name}";
    }
}
