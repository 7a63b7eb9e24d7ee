using OpsKit.Connections.Platform;

namespace OpsKit.Modules.DiskLimits;

/// <summary>The machines of an undo file as targets of the console.</summary>
internal static class UndoTargets
{
    public static IReadOnlyList<string> Of(JumpHost jumpHost, string file) => [.. UndoReader.Read(jumpHost, file).Select(entry => $"vm:{entry.Name}").Distinct(StringComparer.Ordinal)];
}
