using System.Runtime.CompilerServices;

namespace OpsKit.Connections.Tests;

/// <summary>Files of the repository.</summary>
internal static class Repository
{
    public static string File(string path, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Root(here), path));

    private static string Root(string here)
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!System.IO.File.Exists(Path.Combine(folder, "OpsKit.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
