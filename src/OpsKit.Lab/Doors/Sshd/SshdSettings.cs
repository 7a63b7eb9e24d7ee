using OpsKit.Connections.Ssh;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>
/// How sshd is run: once for each connection, as inetd would (<c>-i</c>). So every endpoint has its own host key, faults act before the first byte, nothing
/// runs while nobody is connected, and nothing outlives the lab: the pipes close with it.
/// </summary>
/// <param name="Program">Path of sshd.</param>
/// <param name="Account">Who may log in.</param>
/// <param name="Folder">The folder with its files.</param>
/// <param name="Bridge">Path of the socket at which the lab takes channels.</param>
/// <param name="BridgeCommand">The command that connects with it.</param>
internal sealed record SshdSettings(string Program, SshdAccount Account, string Folder, string Bridge, string BridgeCommand)
{
    public string ConfigFile => Path.Combine(Folder, "sshd_config");

    public string AuthorizedKeysFile => Path.Combine(Folder, "authorized_keys");

    public string LogFile => Path.Combine(Folder, "log");

    public string KeyFileOf(LabShell shell) => Path.Combine(Folder, "keys", shell.Address.ToString());

    /// <summary>The text of its configuration. What a connection needs besides stands in <see cref="Arguments"/>.</summary>
    public string ToConfig() => $"""
        # One key, one user, no forwarding: whoever logs in gets a shell of the lab and none of this machine.
        AllowUsers {Quoted(Account.Name)}
        AuthorizedKeysFile {Quoted(AuthorizedKeysFile)}
        AuthenticationMethods publickey
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin prohibit-password
        # With PAM, a locked password does not lock the key out.
        UsePAM {(Account.IsLocked ? "yes" : "no")}
        # Only OpsKit's own files are read, and their folder may be below /tmp.
        StrictModes no
        UseDNS no
        PermitTTY {(Account.GetsTerminals ? "yes" : "no")}
        PermitUserEnvironment no
        PermitUserRC no
        DisableForwarding yes
        PrintMotd no
        PrintLastLog no
        LoginGraceTime 30
        MaxAuthTries 20
        MaxSessions 100
        # The hybrid key exchanges cost several times as much, and nobody records a lab.
        KexAlgorithms -sntrup*,mlkem*
        PidFile none

        """;

    /// <summary>The arguments for one connection.</summary>
    /// <param name="shell">What is connected with.</param>
    /// <param name="token">What the bridge names the connection by.</param>
    /// <param name="sftp">What a request for SFTP arrives as; null where the thing refuses it.</param>
    public IEnumerable<string> Arguments(LabShell shell, string token, string? sftp)
    {
        List<string> arguments =
        [
            "-i", "-f", ConfigFile, "-E", LogFile, "-o", $"HostKey={Quoted(KeyFileOf(shell))}",
            "-o", $"ForceCommand=exec {BridgeCommand} {PosixShell.Quote(Bridge)} {token}",
            // bash takes a first shell under sshd for a remote login and reads the user's start-up files.
            "-o", "SetEnv=SHLVL=2",
        ];
        if (sftp is not null)
            arguments.AddRange(["-o", $"Subsystem=sftp {sftp}"]);
        return arguments;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
