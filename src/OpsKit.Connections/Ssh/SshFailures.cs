using System.Net.Sockets;
using Renci.SshNet.Common;
using Renci.SshNet.Messages.Transport;

namespace OpsKit.Connections.Ssh;

/// <summary>Turns what SSH.NET throws into what an operator can act on.</summary>
internal static class SshFailures
{
    internal static OpsKitException OfConnect(SshTarget target, Exception cause) => cause switch
    {
        OpsKitException known => known,
        SshAuthenticationException e => OfAuthentication(target, e),
        SshConnectionException { DisconnectReason: DisconnectReason.KeyExchangeFailed } e when e.Message.StartsWith("No matching", StringComparison.Ordinal) => OfNegotiation(target, e),
        SshOperationTimeoutException or TimeoutException => Silent(target, cause),
        SocketException { SocketErrorCode: SocketError.TimedOut } => Silent(target, cause),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } e =>
            new(FailureKind.Unreachable, $"the name does not resolve: {e.Message}", target.Display, "check the address in the inventory, or the DNS server of this machine", e),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } e =>
            new(FailureKind.Unreachable, $"nothing listens on port {target.Port}", target.Display, "start the SSH service (ESXi: Host > Manage > Services > TSM-SSH), or set ssh: { port: N }", e),
        SocketException e => new(FailureKind.Unreachable, $"cannot be reached: {e.Message}", target.Display, innerException: e),
        SshConnectionException e => new(FailureKind.Unreachable, $"the connection ended during the handshake: {Sentence(e.Message)}", target.Display, $"look at the server's log, or try: ssh -v -p {target.Port} {target.Credential.UserName}@{target.Host}", e),
        SshException e => new(FailureKind.Unreachable, $"no SSH conversation: {Sentence(e.Message)}", target.Display, innerException: e),
        _ => new(FailureKind.Unreachable, $"no SSH conversation: {Sentence(cause.Message)}", target.Display, innerException: cause),
    };

    /// <summary>True where the peer hung up before anything was judged or sent: sshd's MaxStartups does that, and asking again is safe.</summary>
    internal static bool IsDroppedAtTheDoor(Exception cause) =>
        cause is SshConnectionException { DisconnectReason: DisconnectReason.ConnectionLost or DisconnectReason.None } or SocketException { SocketErrorCode: SocketError.ConnectionReset };

    internal static OpsKitException Lost(SshTarget target, string doing, Exception cause) =>
        new(FailureKind.Unreachable, $"the connection broke while {doing}: the outcome is unknown ({Sentence(cause.Message)})", target.Display, "look at what is there before it is done again", cause) { OutcomeUnknown = true };

    internal static OpsKitException Deadline(SshTarget target, string doing, TimeSpan limit, Exception? cause = null) =>
        new(FailureKind.Unreachable, $"no end of {doing} within {Seconds(limit)}: the outcome is unknown", target.Display, "look at what is there before it is done again", cause) { OutcomeUnknown = true };

    internal static bool IsConnectionLoss(Exception cause) =>
        cause is SshConnectionException or SocketException or SshOperationTimeoutException or ObjectDisposedException;

    internal static string Seconds(TimeSpan time) => time.TotalSeconds >= 1 ? $"{time.TotalSeconds:0.#} s" : $"{time.TotalMilliseconds:0} ms";

    private static OpsKitException Silent(SshTarget target, Exception cause) =>
        new(FailureKind.Unreachable, $"no SSH answer within {Seconds(target.ConnectTimeout)}", target.Display, $"check that port {target.Port} is open from here; connect-timeout sets the limit", cause);

    private static OpsKitException OfAuthentication(SshTarget target, SshAuthenticationException e)
    {
        var credential = target.Credential;
        if (e.Message.StartsWith("No suitable", StringComparison.Ordinal) || e.Message.StartsWith("No authentication", StringComparison.Ordinal))
        {
            var allowed = e.Message.Contains('(', StringComparison.Ordinal) ? e.Message[(e.Message.LastIndexOf('(') + 1)..].TrimEnd('.', ')') : "nothing";
            return new(FailureKind.AuthenticationRefused, $"the server takes {allowed.Replace(",", ", ", StringComparison.Ordinal)} only, and credential {credential.Name} has nothing for it", target.Display, "add a password or a private key to the credential", e);
        }

        var with = (credential.PrivateKeyFile, credential.Password) switch
        {
            (not null, not null) => $"with key {credential.PrivateKeyFile} and the password",
            (not null, null) => $"with key {credential.PrivateKeyFile}",
            _ => "with the password",
        };
        return new(FailureKind.AuthenticationRefused, $"user {credential.UserName} was refused {with}; it was tried once", target.Display, $"check credential {credential.Name}; it is not tried again, since accounts lock", e);
    }

    private static OpsKitException OfNegotiation(SshTarget target, SshConnectionException e)
    {
        var offers = e.Message[e.Message.IndexOf('(', StringComparison.Ordinal)..].Trim('(', ')').Replace(",", ", ", StringComparison.Ordinal);
        var what = e.Message["No matching ".Length..e.Message.IndexOf('(', StringComparison.Ordinal)].Trim();
        return target.Settings.AllowLegacy
            ? new(FailureKind.Unreachable, $"no common {what}, even with legacy ones: {offers}", target.Display, innerException: e)
            : new(FailureKind.Unreachable, $"no common {what}: {offers}", target.Display, "an old ESXi or OA needs legacy algorithms: add ssh: { allow-legacy: true } to it in the inventory", e);
    }

    private static string Sentence(string message) => message.TrimEnd('.', ' ').ReplaceLineEndings(" ");
}
