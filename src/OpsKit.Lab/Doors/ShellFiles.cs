namespace OpsKit.Lab.Doors;

/// <summary>
/// The files behind a shell: paths as the thing has them, in a folder of this machine and nowhere else. Folders that several things share lie beside their
/// roots; <see cref="ShellMounts"/> says where.
/// </summary>
internal static class ShellFiles
{
    private const int MostLinks = 40;
    private static readonly char[] Invalid = Path.GetInvalidFileNameChars();

    /// <summary>Where a path is on this machine. Symbolic links lead where they would lead if the folder were the root of a file system.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="path">The path as the thing has it.</param>
    /// <param name="followLast">Whether a link at the path's end is followed, too.</param>
    /// <exception cref="IOException">The links go in a circle, or no file of this machine can have such a name.</exception>
    public static string Map(string root, string path, bool followLast = true)
    {
        var mounts = ShellMounts.Of(root);
        var ahead = new Stack<string>(Names(path).Reverse());
        var behind = new List<string>();
        for (var links = 0; ahead.TryPop(out var name);)
        {
            if (name == "..")
            {
                if (behind.Count > 0)
                    behind.RemoveAt(behind.Count - 1);
                continue;
            }

            RequireName(name);
            behind.Add(name);
            if ((ahead.Count == 0 && !followLast) || new FileInfo(Place(root, mounts, behind)).LinkTarget is not { } target)
                continue;
            if (++links > MostLinks)
                throw new IOException("Too many levels of symbolic links");
            behind.RemoveAt(behind.Count - 1);
            if (target.StartsWith('/'))
                behind.Clear();
            foreach (var step in Names(target).Reverse())
                ahead.Push(step);
        }

        return Place(root, mounts, behind);
    }

    /// <summary>The path without <c>.</c> and <c>..</c>, as the thing says it; <c>..</c> does not lead above the root.</summary>
    public static string Canonical(string path)
    {
        var parts = new List<string>();
        foreach (var name in Names(path))
        {
            if (name != "..")
                parts.Add(name);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
        }

        return "/" + string.Join('/', parts);
    }

    private static string Place(string root, IReadOnlyList<ShellMount> mounts, List<string> names)
    {
        foreach (var mount in mounts)
        {
            if (mount.Names.Count <= names.Count && mount.Names.SequenceEqual(names.Take(mount.Names.Count)))
                return Path.Combine([mount.Folder, .. names.Skip(mount.Names.Count)]);
        }

        return Path.Combine([root, .. names]);
    }

    /// <summary>Windows reads drives, streams and <c>..</c> out of names that are plain ones on the thing.</summary>
    private static void RequireName(string name)
    {
        if (name.AsSpan().IndexOfAny(Invalid) >= 0 || (OperatingSystem.IsWindows() && name[^1] is '.' or ' '))
            throw new IOException("Invalid argument");
    }

    private static IEnumerable<string> Names(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".");
}
