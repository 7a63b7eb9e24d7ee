using OpsKit.Connections;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>The account this process runs under, as sshd looks at it: the only one that can log in without root.</summary>
/// <param name="Name">User name.</param>
/// <param name="IsLocked">Whether its password is locked. sshd as root then refuses its keys, too, unless PAM decides; without root it cannot see that.</param>
/// <param name="GetsTerminals">Whether sshd can hand it a terminal. Without root it may not change a terminal's group, so that must be right from the start.</param>
internal sealed record SshdAccount(string Name, bool IsLocked, bool GetsTerminals)
{
    private const int ShadowPassword = 1;
    private const int PasswdShell = 6;

    private static readonly string[] NoShells = ["nologin", "false", "true", "sync"];

    /// <summary>The account of this process.</summary>
    /// <exception cref="OpsKitException">sshd would not let it in (Usage).</exception>
    public static SshdAccount Current() => Environment.IsPrivilegedProcess
        ? Of(Environment.UserName, Lines("/etc/passwd"), Lines("/etc/shadow"), [])
        : Of(Environment.UserName, Lines("/etc/passwd"), [], Lines("/proc/mounts"));

    /// <summary>An account in files as <c>/etc/passwd</c>, <c>/etc/shadow</c> and <c>/proc/mounts</c>; one that is not there is some directory's.</summary>
    /// <inheritdoc cref="Current"/>
    public static SshdAccount Of(string name, IEnumerable<string> passwd, IEnumerable<string> shadow, IEnumerable<string> mounts)
    {
        if (name.Length == 0)
            throw new OpsKitException(FailureKind.Usage, "the user this runs under has no name on this machine, so sshd cannot let it in", next: "run it as a user who has, or leave out --sshd");
        var shell = Field(passwd, name, PasswdShell);
        if (shell is not null && NoShells.Contains(Path.GetFileName(shell), StringComparer.Ordinal))
            throw new OpsKitException(FailureKind.Usage, $"{name} has the login shell {shell}, which runs nothing, so sshd cannot serve the lab", next: "run it as a user with a shell, or leave out --sshd");
        return new SshdAccount(name, Field(shadow, name, ShadowPassword)?.StartsWith('!') == true, HasTerminalGroup(mounts));
    }

    /// <summary>Terminals get the group that their file system is mounted with, such as <c>devpts /dev/pts devpts rw,gid=5,mode=620</c>.</summary>
    private static bool HasTerminalGroup(IEnumerable<string> mounts) =>
        mounts.Select(line => line.Split(' ')).LastOrDefault(fields => fields is [_, "/dev/pts", "devpts", ..]) is not [_, _, _, var options, ..]
        || options.Split(',').Any(option => option.StartsWith("gid=", StringComparison.Ordinal));

    private static string? Field(IEnumerable<string> lines, string name, int field) =>
        lines.Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == name && fields.Length > field)?[field];

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
