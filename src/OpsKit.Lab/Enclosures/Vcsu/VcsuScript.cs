using OpsKit.Connections.Ssh;
using OpsKit.Lab.Hosting;

namespace OpsKit.Lab.Enclosures.Vcsu;

/// <summary><c>bin/vcsu</c> in a lab's folder: a path for settings that name the utility.</summary>
internal static class VcsuScript
{
    public static string Name => OperatingSystem.IsWindows() ? "bin/vcsu.cmd" : "bin/vcsu";

    public static void Write(LabFolder folder)
    {
        IReadOnlyList<string> words = [.. OwnProgram.Words(), "vcsu", VcsuProgram.LabOption, folder.FullPath];
        if (OperatingSystem.IsWindows())
        {
            folder.Write(Name, $"@{string.Join(' ', words.Select(ForWindows))} %*\r\n");
            return;
        }

        folder.Write(Name, $"#!/bin/sh\nexec {PosixShell.Command([.. words])} \"$@\"\n");
        File.SetUnixFileMode(folder.PathOf(Name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string ForWindows(string word) => $"\"{word.Replace("%", "%%", StringComparison.Ordinal)}\"";
}
