using System.Net;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Operations;
using OpsKit.Vim25;

namespace OpsKit.Lab.Doors;

/// <summary>
/// The way into every shell, whoever brings the bytes: the shells in this process, an SSH server of this machine. What goes wrong on request goes wrong here.
/// </summary>
/// <param name="estate">Its clock makes slow answers slow.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="log">Hears of logins and of files that are sent.</param>
/// <param name="answers">Whether the network leads to an address now.</param>
internal sealed class ShellDoors(LabEstate estate, FaultList faults, OperationLog log, Func<IPAddress, bool> answers)
{
    public const string Connect = "ssh connect";
    public const string Shell = "ssh shell";
    public const string Upload = "sftp write";

    private readonly List<LabShell> _shells = [];

    public IReadOnlyList<LabShell> All => _shells;

    public LabClock Clock => estate.Clock;

    public void Add(LabShell shell) => _shells.Add(shell);

    public LabShell? At(IPAddress address) => _shells.Find(shell => shell.Address.Equals(address));

    public LabShell? Named(string name) => _shells.Find(shell => shell.Name == name);

    /// <summary>Whether the network leads to a shell now.</summary>
    public bool Answers(LabShell shell) => answers(shell.Address);

    /// <summary>Whether a connection is taken now.</summary>
    public ConnectAnswer TryConnect(LabShell shell) =>
        !Answers(shell) ? ConnectAnswer.Silence
        : !shell.Endpoint.Listens ? ConnectAnswer.Refused
        : faults.Next(shell.Name, Connect, FaultKind.Refused) is not null ? ConnectAnswer.Refused
        : ConnectAnswer.Taken;

    public void LoggedIn(LabShell shell, string user) => log.Add(shell.Name, Connect, OperationKind.Session, user, $"{user} logs in over SSH");

    /// <summary>Runs a command line.</summary>
    /// <exception cref="ConnectionCutException">The connection is to break; output was written before it.</exception>
    public async Task<ShellOutcome> ExecuteAsync(LabShell shell, string user, string command, Stream input, Stream output, Stream error, CancellationToken cancellationToken)
    {
        var fault = faults.Next(shell.Name, command, FaultKind.Slow, FaultKind.Cut, FaultKind.Garbled, FaultKind.Refused);
        switch (fault?.Kind)
        {
            case FaultKind.Refused:
                throw new ConnectionCutException(shell.Name);
            case FaultKind.Slow:
                await Task.Delay(fault.Delay, Clock, cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.Cut or FaultKind.Garbled:
                return await SpoilAsync(shell, user, command, input, output, error, fault.Kind, cancellationToken).ConfigureAwait(false);
        }

        return await shell.Endpoint.ExecuteAsync(user, command, input, output, error, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens an interactive shell.</summary>
    public async Task<ShellOutcome> OpenAsync(LabShell shell, string user, Stream input, Stream output, CancellationToken cancellationToken)
    {
        if (faults.Next(shell.Name, Shell, FaultKind.Slow, FaultKind.Refused) is { } fault)
        {
            if (fault.Kind == FaultKind.Refused)
                throw new ConnectionCutException(shell.Name);
            await Task.Delay(fault.Delay, Clock, cancellationToken).ConfigureAwait(false);
        }

        return await shell.Endpoint.ShellAsync(user, input, output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a file that a client sends; it is noted as a change.</summary>
    /// <param name="shell">Where it is sent.</param>
    /// <param name="path">Its path there.</param>
    /// <param name="open">Opens it on this machine.</param>
    public SentFile Receive(LabShell shell, string path, Func<FileStream> open)
    {
        var fault = faults.Next(shell.Name, Upload, FaultKind.DiskFull, FaultKind.Slow, FaultKind.Cut, FaultKind.Garbled);
        if (fault?.Kind != FaultKind.DiskFull)
            log.Add(shell.Name, Upload, OperationKind.Change, path, $"writes {path}");
        return new SentFile(open(), fault, shell.Name);
    }

    /// <summary>Notes what a client does with files besides sending them.</summary>
    public void Note(LabShell shell, string operation, OperationKind kind, string path, string summary) => log.Add(shell.Name, operation, kind, path, summary);

    /// <summary>Carries the command out, and lets half of its output through or damages it.</summary>
    private static async Task<ShellOutcome> SpoilAsync(
        LabShell shell, string user, string command, Stream input, Stream output, Stream error, FaultKind kind, CancellationToken cancellationToken)
    {
        using var held = new MemoryStream();
        var outcome = await shell.Endpoint.ExecuteAsync(user, command, input, held, error, cancellationToken).ConfigureAwait(false);
        var bytes = held.ToArray();
        if (kind == FaultKind.Cut)
        {
            await output.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), cancellationToken).ConfigureAwait(false);
            throw new ConnectionCutException(shell.Name);
        }

        foreach (ref var damaged in bytes.AsSpan(bytes.Length / 3, bytes.Length / 3))
            damaged ^= 0x15;
        await output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        return outcome;
    }
}

/// <summary>How an address takes a connection.</summary>
internal enum ConnectAnswer
{
    Taken,
    Refused,

    /// <summary>Nothing comes back.</summary>
    Silence,
}
