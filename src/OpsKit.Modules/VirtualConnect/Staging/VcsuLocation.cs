using OpsKit.Connections.Platform;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Finds VCSU on the jump host.</summary>
internal static class VcsuLocation
{
    public const string Variable = "OPSKIT_VCSU";

    /// <summary>The path that is asked for, else <c>OPSKIT_VCSU</c>, else the first of the usual ones that is there; null for none.</summary>
    public static string? Find(JumpHost jumpHost, VcsuFacts facts, string? asked) =>
        (asked ?? jumpHost.Variable(Variable)) is { } named ? Existing(jumpHost.ResolvePath(named)) : facts.Paths.FirstOrDefault(File.Exists);

    /// <summary>Why there is none.</summary>
    public static string Missing(JumpHost jumpHost, string? asked) => (asked ?? jumpHost.Variable(Variable)) is { } named
        ? $"VCSU is not at {named}"
        : $"VCSU was not found on this jump host: install it, or name it with vcsu: or {Variable}; whoever wrote the firmware by hand says staged-by-hand";

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
