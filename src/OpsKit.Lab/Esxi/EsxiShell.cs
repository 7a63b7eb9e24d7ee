using OpsKit.Lab.Doors;
using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Hosts;
using OpsKit.Lab.Esxi.Processes;
using OpsKit.Lab.Esxi.Terminals;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi;

/// <summary>A host over SSH.</summary>
internal sealed class EsxiShell(EsxiHost esxi) : IShellEndpoint
{
    /// <summary>Linux and its kin pass no longer argument to a program.</summary>
    private const int MostCommand = 128 * 1024;

    public string Name => esxi.Name;

    public bool Listens => esxi is { IsUp: true, SshRuns: true };

    /// <summary>5.0 and older came without an SFTP server.</summary>
    public string? FileSystemRoot
    {
        get
        {
            if (esxi.Host.Version.StartsWith("4.", StringComparison.Ordinal) || esxi.Host.Version.StartsWith("5.0", StringComparison.Ordinal))
                return null;
            return esxi.System().Files.Root;
        }
    }

    public IShellModes FileModes => esxi.System().Files.Modes;

    public bool Accepts(string user, string password)
    {
        lock (esxi.Estate.Gate)
            return esxi.Host.Accounts.Exists(account => account.User == user && account.Password == password);
    }

    public async Task<ShellOutcome> ExecuteAsync(string user, string command, Stream input, Stream output, Stream error, CancellationToken cancellationToken)
    {
        var system = Enter();
        ShellJournal.Add(system, user, command);
        var text = ByteText.Of(command);
        if (text.Length > MostCommand)
        {
            await error.WriteAsync("/bin/sh: Argument list too long\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            return new ShellOutcome(1);
        }

        return await RunAsync(system, async session =>
        {
            using var descriptors = new Descriptors();
            var streams = new[] { input, output, error }.Select(stream => new SessionStream(stream, session)).ToList();
            foreach (var (number, stream) in streams.Index())
                descriptors.Set(number, new OpenFile(stream));
            var process = system.Processes.Start(null, "sh -c " + command, session);
            var shell = LoginShell.Create(system, process, descriptors.Copy(), user, "sh");
            var status = await ProcessRun.RunAsync(process, shell.Descriptors, () => ScriptRunner.RunAsync(shell, text)).ConfigureAwait(false);
            descriptors.Dispose();
            await Task.WhenAll(streams.Skip(1).Select(stream => stream.Closed)).WaitAsync(session).ConfigureAwait(false);
            return status;
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<ShellOutcome> ShellAsync(string user, Stream input, Stream output, CancellationToken cancellationToken)
    {
        var system = Enter();
        return RunAsync(system, session => InteractiveSession.RunAsync(system, user, input, output, session), cancellationToken);
    }

    private EsxiSystem Enter() => esxi.IsUp ? esxi.System() : throw new ConnectionCutException(Name);

    /// <summary>Runs a session: its foreground ends with it, and it with the host.</summary>
    private async Task<ShellOutcome> RunAsync(EsxiSystem system, Func<CancellationToken, Task<int>> body, CancellationToken cancellationToken)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, system.Processes.HostEnds);
        try
        {
            var status = await body(session.Token).WaitAsync(session.Token).ConfigureAwait(false);
            return system.Processes.HostEnds.IsCancellationRequested ? throw new ConnectionCutException(Name) : new ShellOutcome(status);
        }
        catch (OperationCanceledException) when (session.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ConnectionCutException(Name);
        }
        finally
        {
            await session.CancelAsync().ConfigureAwait(false);
        }
    }
}
