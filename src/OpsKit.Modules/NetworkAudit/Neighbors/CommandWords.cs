using OpsKit.Connections;
using OpsKit.Connections.Ssh;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Remote names in commands that people are shown to type: quoted, and without control characters.</summary>
internal static class ShellWord
{
    public static string Of(string name) => PosixShell.Quote(SafeText.Line(name));
}

/// <summary>As <see cref="ShellWord"/>, for PowerShell, to which typographic quotes are quotes, too.</summary>
internal static class PowerShellWord
{
    public static string Of(string name) =>
        $"'{string.Concat(SafeText.Line(name).Select(letter => letter is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? $"{letter}{letter}" : $"{letter}"))}'";
}
