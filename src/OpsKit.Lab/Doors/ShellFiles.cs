namespace OpsKit.Lab.Doors;

/// <summary>The files behind a shell: paths as the thing has them, in a folder of this machine and nowhere else.</summary>
internal static class ShellFiles
{
    /// <summary>Where a path is on this machine.</summary>
    public static string Map(string root, string path) => Path.Combine([root, .. Parts(path)]);

    /// <summary>The path without <c>.</c> and <c>..</c>, as the thing says it.</summary>
    public static string Canonical(string path) => "/" + string.Join('/', Parts(path));

    /// <summary>The names on the way; <c>..</c> does not lead above the root.</summary>
    private static List<string> Parts(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        return parts;
    }
}
