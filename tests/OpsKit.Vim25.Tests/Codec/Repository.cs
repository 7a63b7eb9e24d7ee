using System.Runtime.CompilerServices;

namespace OpsKit.Vim25.Tests.Codec;

internal static class Repository
{
    internal static string Root { get; } = Find();

    private static string Find([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
