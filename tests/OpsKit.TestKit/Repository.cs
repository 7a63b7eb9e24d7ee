using System.Runtime.CompilerServices;

namespace OpsKit.TestKit;

/// <summary>The repository the tests were built from.</summary>
public static class Repository
{
    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", "BenchmarkDotNet.Artifacts", "TestResults", ".vs", ".idea"];

    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>The full path of a file or folder, given relative to the root.</summary>
    public static string PathOf(string path) => Path.GetFullPath(Path.Combine(Root, path));

    /// <summary>Paths of files below a folder, relative to the root, with slashes; what builds leave behind is left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern = "*")
    {
        var start = Path.Combine(Root, folder);
        return Directory.Exists(start) ? Below(start, pattern).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')) : [];
    }

    /// <summary>The text of a file.</summary>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    private static IEnumerable<string> Below(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Concat(
            Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(d => Below(d, pattern)));

    private static string Find([CallerFilePath] string thisFile = "")
    {
        var folder = new FileInfo(thisFile).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OpsKit.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No OpsKit.sln above {thisFile}.");
    }
}
