using System.Runtime.InteropServices;

namespace OpsKit.Lab.Hosting;

/// <summary>How this program is started once more, by whatever knows nothing of this process's environment.</summary>
internal static class OwnProgram
{
    /// <summary>The program and its first arguments: <c>dotnet</c> with the library, or the program itself where it is one file.</summary>
    public static IReadOnlyList<string> Words()
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(dotnet) ? [dotnet, Path.Combine(AppContext.BaseDirectory, "opskit-lab.dll")] : [Environment.ProcessPath!];
    }
}
