namespace OpsKit.Modules.Vibs;

/// <summary>Judges the names in archives: a package brings files to below the host's root and nowhere else.</summary>
internal static class ArchivePath
{
    private const int Longest = 4096;

    /// <summary>The path without a leading <c>./</c> and a trailing slash.</summary>
    public static string Clean(string path)
    {
        while (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        return path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : path;
    }

    /// <summary>What is wrong with a path; null for nothing.</summary>
    public static string? Flaw(string path)
    {
        if (path.Length == 0)
            return "has no name";
        if (path.Length > Longest)
            return $"has a name of {path.Length} characters";
        if (path[0] == '/')
            return "has an absolute path";
        if (path.Contains('\\', StringComparison.Ordinal) || (path.Length > 1 && path[1] == ':'))
            return "has a path of another system";
        if (path.Any(char.IsControl))
            return "has control characters in its name";
        return path.Split('/').Contains("..") ? "has a path that leads upwards" : null;
    }

    /// <summary>What is wrong with where a symbolic link leads; null for nothing. Absolute targets are below the host's root by definition.</summary>
    /// <param name="path">The link's own path.</param>
    /// <param name="target">Where it leads.</param>
    public static string? LinkFlaw(string path, string target)
    {
        if (target.Length == 0)
            return "is a link that leads nowhere";
        if (target.Length > Longest || target.Any(char.IsControl))
            return "is a link to a name that no file has";
        var depth = target[0] == '/' ? 0 : path.Count(letter => letter == '/');
        foreach (var part in target.Split('/'))
        {
            depth += part switch { ".." => -1, "" or "." => 0, _ => 1 };
            if (depth < 0)
                return "is a link that leads out of the root";
        }

        return null;
    }
}
