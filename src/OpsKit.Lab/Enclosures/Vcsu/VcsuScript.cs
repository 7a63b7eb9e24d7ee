using OpsKit.Connections.Ssh;
using OpsKit.Lab.Hosting;

namespace OpsKit.Lab.Enclosures.Vcsu;

/// <summary><c>bin/vcsu</c> in a lab's folder: a path for settings that name the utility.</summary>
internal static class VcsuScript
{
    public static string Name => OperatingSystem.IsWindows() ? "bin/vcsu.cmd" : "bin/vcsu";

    public static void Write(LabFolder folder)
    {
        var command = Program();
        if (OperatingSystem.IsWindows())
        {
            folder.Write(Name, $"@{string.Join(' ', command.Append("vcsu").Append(VcsuProgram.LabOption).Append(folder.FullPath).Select(ForWindows))} %*\r\n");
            return;
        }

        folder.Write(Name, $"#!/bin/sh\nexec {PosixShell.Command([.. command, "vcsu", VcsuProgram.LabOption, folder.FullPath])} \"$@\"\n");
        File.SetUnixFileMode(folder.PathOf(Name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>How this program is started: by itself, or by <c>dotnet</c>.</summary>
    private static List<string> Program()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "opskit-lab");
        var native = OperatingSystem.IsWindows() ? beside + ".exe" : beside;
        var process = Environment.ProcessPath ?? native;
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, beside + ".dll"] : File.Exists(native) ? [native] : [process];
    }

    private static string ForWindows(string word) => $"\"{word.Replace("%", "%%", StringComparison.Ordinal)}\"";
}
