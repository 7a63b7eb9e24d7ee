using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace OpsKit.Connections.Secrets;

/// <summary>Judges whether a file that holds a secret is kept from others.</summary>
public static class SecretFile
{
    /// <summary>Why a file is not private: null when only its owner (and administrators) can read it.</summary>
    /// <param name="path">The file; it must exist.</param>
    public static string? WhyNotPrivate(string path) => OperatingSystem.IsWindows() ? WhyNotPrivateOnWindows(path) : WhyNotPrivateOnUnix(path);

    /// <summary>Refuses a file that is missing or that others can read.</summary>
    /// <exception cref="OpsKitException">With the command that mends it (<see cref="FailureKind.Usage"/>).</exception>
    public static void RequirePrivate(string path, string owner)
    {
        if (!File.Exists(path))
            throw new OpsKitException(FailureKind.Usage, $"the file {path} does not exist", owner);
        if (WhyNotPrivate(path) is { } why)
            throw new OpsKitException(FailureKind.Usage, $"the file {path} {why}", owner, HowToMend(path));
    }

    /// <summary>The command that makes a file private.</summary>
    public static string HowToMend(string path) => OperatingSystem.IsWindows()
        ? $"icacls \"{path}\" /inheritance:r /grant:r \"%USERNAME%:R\""
        : $"chmod 600 '{path}'";

    [UnsupportedOSPlatform("windows")]
    private static string? WhyNotPrivateOnUnix(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        var mode = File.GetUnixFileMode(path);
        return (mode & Others) == UnixFileMode.None ? null : $"can be read or written by others (mode {Convert.ToString((int)mode, 8)})";
    }

    [SupportedOSPlatform("windows")]
    private static string? WhyNotPrivateOnWindows(string path)
    {
        WellKnownSidType[] everybody = [WellKnownSidType.WorldSid, WellKnownSidType.AuthenticatedUserSid, WellKnownSidType.BuiltinUsersSid];
        var rules = new FileInfo(path).GetAccessControl().GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier));
        foreach (FileSystemAccessRule rule in rules)
        {
            if (rule.AccessControlType == AccessControlType.Allow
                && rule.FileSystemRights.HasFlag(FileSystemRights.ReadData)
                && rule.IdentityReference is SecurityIdentifier sid
                && everybody.Any(sid.IsWellKnown))
                return $"can be read by {sid.Translate(typeof(NTAccount)).Value}";
        }

        return null;
    }
}
