namespace OpsKit.Lab.Doors;

/// <summary>The files behind a shell: paths as the thing has them, in a folder of this machine and nowhere else.</summary>
internal static class ShellFiles
{
    private const int MostLinks = 40;

    /// <summary>Where a path is on this machine. Symbolic links lead where they would lead if the folder were the root of a file system.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="path">The path as the thing has it.</param>
    /// <param name="followLast">Whether a link at the path's end is followed, too.</param>
    /// <exception cref="IOException">The links go in a circle.</exception>
    public static string Map(string root, string path, bool followLast = true)
    {
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

            behind.Add(name);
            if ((ahead.Count == 0 && !followLast) || new FileInfo(Path.Combine([root, .. behind])).LinkTarget is not { } target)
                continue;
            if (++links > MostLinks)
                throw new IOException("Too many levels of symbolic links");
            behind.RemoveAt(behind.Count - 1);
            if (target.StartsWith('/'))
                behind.Clear();
            foreach (var step in Names(target).Reverse())
                ahead.Push(step);
        }

        return Path.Combine([root, .. behind]);
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

    private static IEnumerable<string> Names(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".");
}
