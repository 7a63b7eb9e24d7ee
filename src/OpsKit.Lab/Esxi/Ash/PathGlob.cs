using OpsKit.Lab.Esxi.Files;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Finds the files a pattern stands for.</summary>
internal static class PathGlob
{
    private const int Most = 20_000;

    /// <summary>The paths, in order; empty where none matches.</summary>
    public static IReadOnlyList<string> Expand(AshShell shell, string pattern)
    {
        var absolute = pattern.StartsWith('/');
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var found = new List<string> { absolute ? "/" : "" };
        for (var i = 0; i < parts.Length && found.Count > 0; i++)
        {
            var next = new List<string>();
            foreach (var folder in found)
                next.AddRange(Step(shell, folder, parts[i], last: i == parts.Length - 1 && !pattern.EndsWith('/')));
            if (next.Count > Most)
                return [];
            found = next;
        }

        return pattern.EndsWith('/') ? [.. found.Select(path => path + "/")] : found;
    }

    private static IEnumerable<string> Step(AshShell shell, string folder, string part, bool last)
    {
        var prefix = folder.Length == 0 || folder.EndsWith('/') ? folder : folder + "/";
        if (part.AsSpan().IndexOfAny('*', '?', '[') < 0)
        {
            var plain = prefix + part.Replace("\\", "", StringComparison.Ordinal);
            return Exists(shell, plain, last) ? [plain] : [];
        }

        var pattern = new ShellPattern(part);
        var names = Names(shell, folder.Length == 0 ? "." : folder);
        var hidden = part.StartsWith('.') || part.StartsWith("\\.", StringComparison.Ordinal);
        return names.Where(name => name.StartsWith('.') == hidden && pattern.IsMatch(name)).Select(name => prefix + name).Where(path => last || Exists(shell, path, last));
    }

    private static bool Exists(AshShell shell, string path, bool last)
    {
        try
        {
            return shell.System.Files.Find(shell.PathOf(path)) is { } file && (last || file.IsFolder);
        }
        catch (Exception e) when (HostFileException.IsFileFailure(e))
        {
            return false;
        }
    }

    private static IReadOnlyList<string> Names(AshShell shell, string folder)
    {
        try
        {
            return shell.System.Files.List(shell.PathOf(folder));
        }
        catch (Exception e) when (HostFileException.IsFileFailure(e))
        {
            return [];
        }
    }
}
