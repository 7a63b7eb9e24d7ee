using System.Collections.Concurrent;

namespace OpsKit.Lab.Doors;

/// <summary>A folder of this machine that a thing sees at a path of its own.</summary>
internal sealed record ShellMount(string Path, string Folder)
{
    public IReadOnlyList<string> Names { get; } = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Which folders are seen in several roots, such as a datastore by all hosts of its cluster.</summary>
internal static class ShellMounts
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<ShellMount>> Known = new(StringComparer.Ordinal);

    public static IReadOnlyList<ShellMount> Of(string root) => Known.GetValueOrDefault(root, []);

    public static void Set(string root, IReadOnlyList<ShellMount> mounts) => Known[root] = mounts;

    public static void Forget(string root) => Known.TryRemove(root, out _);
}
