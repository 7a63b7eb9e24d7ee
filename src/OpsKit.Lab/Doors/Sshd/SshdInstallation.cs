using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>What of OpenSSH and its surroundings this machine has.</summary>
internal static class SshdInstallation
{
    private static readonly string[] UsualFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/lib/ssh", "/opt/homebrew/sbin", "/opt/local/sbin"];

    /// <summary>The path of <c>sshd</c>, which wants to be called by its whole path.</summary>
    /// <exception cref="OpsKitException">There is none (Usage).</exception>
    public static string Find(JumpHost jumpHost)
    {
        if (OperatingSystem.IsWindows())
            throw new OpsKitException(FailureKind.Usage, "--sshd needs Linux or macOS", next: "leave it out: rehearse works without a server");
        return Search(jumpHost, "sshd") ?? throw new OpsKitException(
            FailureKind.Usage,
            "there is no OpenSSH server (sshd) on this machine",
            next: "install the package openssh-server (apt, dnf) or openssh (apk, pacman), or leave out --sshd: rehearse works without it");
    }

    /// <summary>The path of a program; null where it is not there.</summary>
    public static string? Search(JumpHost jumpHost, string program) =>
        (jumpHost.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(UsualFolders)
        .Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
