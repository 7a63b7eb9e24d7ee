using System.Net;
using System.Net.Sockets;
using OpsKit.Connections.Ssh;
using Renci.SshNet.Common;

namespace OpsKit.Lab.Doors.InProcess;

/// <summary>SSH sessions without SSH: the shells of a lab in this process answer at their addresses. Passwords are checked; there is nothing to eavesdrop on.</summary>
internal sealed class LabSshTransport(ShellDoors doors) : ISshTransport
{
    public async Task<ISshConnection> ConnectAsync(SshTarget target, SshLogin login, CancellationToken cancellationToken)
    {
        if (!IPAddress.TryParse(target.Host, out var address) || doors.At(address) is not { } shell)
            throw SshFailures.OfConnect(target, new SocketException((int)SocketError.ConnectionRefused));

        switch (doors.TryConnect(shell))
        {
            case ConnectAnswer.Refused:
                throw SshFailures.OfConnect(target, new SocketException((int)SocketError.ConnectionRefused));
            case ConnectAnswer.Silence:
                await Task.Delay(target.ConnectTimeout, doors.Clock, cancellationToken).ConfigureAwait(false);
                throw SshFailures.OfConnect(target, new TimeoutException());
        }

        var user = target.Credential.UserName;
        if (!shell.Endpoint.Accepts(user, login.Password ?? ""))
            throw SshFailures.OfConnect(target, new SshAuthenticationException("Permission denied (password)."));
        doors.LoggedIn(shell, user);
        return new LabSshConnection(target, shell, doors, user);
    }

    public void Dispose()
    {
        // The lab outlives the commands that speak with it.
    }
}
