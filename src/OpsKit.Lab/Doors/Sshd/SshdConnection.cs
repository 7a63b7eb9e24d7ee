using System.Net.Sockets;
using System.Security.Cryptography;
using OpsKit.Connections.Platform;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>A TCP connection with an endpoint and the sshd that serves it. The bytes pass through the lab, so that its network can hold them back.</summary>
internal sealed class SshdConnection(LabShell shell, string user, Socket client, ShellDoors doors) : IDisposable
{
    /// <summary>Between two looks at whether the network leads there again, in real time.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>After this long without a byte, everything written before a cut has reached the client.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _ended = new();
    private long _lastTold;
    private int _loggedIn;

    public LabShell Shell => shell;

    /// <summary>Whom the thing takes the client for: the login at this machine stands for it.</summary>
    public string User => user;

    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What a request for SFTP arrives as.</summary>
    public string SftpWord => $"sftp-{Token}";

    public CancellationToken Ended => _ended.Token;

    private TimeProvider Real => doors.Clock.Real;

    /// <summary>Serves the connection to its end.</summary>
    /// <param name="start">Starts sshd for it.</param>
    /// <param name="labEnds">When the lab ends.</param>
    public async Task ServeAsync(Func<SshdConnection, PipedProcess> start, CancellationToken labEnds)
    {
        using var registration = labEnds.Register(End);
        try
        {
            ConnectAnswer answer;
            do
                await ReachableAsync().ConfigureAwait(false);
            while ((answer = doors.TryConnect(shell)) == ConnectAnswer.Silence);
            if (answer == ConnectAnswer.Refused)
            {
                Reset();
                return;
            }

            client.NoDelay = true;
            var process = start(this);
            await using (process.ConfigureAwait(false))
            {
                var hearing = HearAsync(process.Input);
                await TellAsync(process.Output).ConfigureAwait(false);
                End();
                await hearing.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (Ended.IsCancellationRequested)
        {
            // The client gave up, or the lab ended.
        }
        finally
        {
            End();
            client.Dispose();
        }
    }

    public void NoteLogin()
    {
        if (Interlocked.Exchange(ref _loggedIn, 1) == 0)
            doors.LoggedIn(shell, user);
    }

    /// <summary>Breaks the connection once the client has what was written before.</summary>
    public async Task CutAsync()
    {
        Interlocked.Exchange(ref _lastTold, Real.GetTimestamp());
        try
        {
            while (Real.GetElapsedTime(Interlocked.Read(ref _lastTold)) is var silence && silence < Quiet)
                await Task.Delay(Quiet - silence, Real, Ended).ConfigureAwait(false);
            Reset();
        }
        catch (OperationCanceledException)
        {
            // It ended by itself.
        }
    }

    public void Dispose() => _ended.Dispose();

    private void Reset()
    {
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Dispose();
        End();
    }

    private void End() => _ended.Cancel();

    private async Task HearAsync(Stream sshd)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await client.ReceiveAsync(buffer, Ended).ConfigureAwait(false) is var count and > 0)
            {
                await ReachableAsync().ConfigureAwait(false);
                await sshd.WriteAsync(buffer.AsMemory(0, count), Ended).ConfigureAwait(false);
                await sshd.FlushAsync(Ended).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end has gone.
        }

        End();
        await sshd.DisposeAsync().ConfigureAwait(false);
    }

    private async Task TellAsync(Stream sshd)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await sshd.ReadAsync(buffer, Ended).ConfigureAwait(false) is var count and > 0)
            {
                await ReachableAsync().ConfigureAwait(false);
                for (var sent = 0; sent < count;)
                    sent += await client.SendAsync(buffer.AsMemory(sent, count - sent), Ended).ConfigureAwait(false);
                Interlocked.Exchange(ref _lastTold, Real.GetTimestamp());
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end has gone.
        }
    }

    private async Task ReachableAsync()
    {
        while (!doors.Answers(shell))
            await Task.Delay(Look, Real, Ended).ConfigureAwait(false);
    }
}
