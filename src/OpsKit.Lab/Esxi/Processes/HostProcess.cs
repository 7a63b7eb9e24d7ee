namespace OpsKit.Lab.Esxi.Processes;

/// <summary>A process of a host.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int DefaultMask = 0b000_010_010;

    private readonly CancellationTokenSource _ended;
    private readonly HostProcesses _table;
    private readonly Lock _gate = new();
    private readonly Queue<int> _pending = new();
    private readonly HashSet<int> _ignored;
    private readonly HashSet<int> _caught = [];
    private bool _over;
    private TaskCompletionSource _signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HostProcess(HostProcesses table, int pid, HostProcess? parent, string command, CancellationToken life)
    {
        _table = table;
        Pid = pid;
        ParentPid = parent?.Pid ?? 1;
        Group = parent?.Group ?? pid;
        Command = command;
        Meter = parent?.Meter ?? new WorkMeter();
        InScript = parent?.InScript == true;
        FileCreationMask = parent?.FileCreationMask ?? DefaultMask;
        _ignored = parent is null ? [] : parent.Ignored();
        Life = life;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(life);
        Token = _ended.Token;
    }

    public int Pid { get; }

    public int ParentPid { get; }

    /// <summary>The process group, which <c>kill</c> names with a minus.</summary>
    public int Group { get; private set; }

    /// <summary>What <c>ps</c> shows.</summary>
    public string Command { get; set; }

    public WorkMeter Meter { get; }

    /// <summary>Below a shell that a command line started: what it runs does not stand in that line.</summary>
    public bool InScript { get; set; }

    /// <summary>The permission bits new files do not get.</summary>
    public int FileCreationMask { get; set; }

    /// <summary>What it lives no longer than: the session it is in the foreground of, or the host.</summary>
    public CancellationToken Life { get; }

    /// <summary>Cancelled when a signal ends it, the host goes down, or, in the foreground of a session, that session ends.</summary>
    public CancellationToken Token { get; }

    /// <summary>The signal that ended it; null while none did.</summary>
    public int? DeadlySignal { get; private set; }

    /// <summary>The exit status of a process that was ended from outside.</summary>
    public int KilledStatus => HostSignal.StatusBase + (DeadlySignal ?? HostSignal.Hangup);

    /// <summary>Leads a group of its own, as <c>setsid</c> makes it.</summary>
    public void LeadGroup() => Group = Pid;

    /// <summary>Sends it a signal.</summary>
    public void Signal(int signal)
    {
        lock (_gate)
        {
            if (signal == 0 || (signal != HostSignal.Kill && _ignored.Contains(signal)))
                return;
            if (_caught.Contains(signal) && signal != HostSignal.Kill)
            {
                _pending.Enqueue(signal);
                _signalled.TrySetResult();
                return;
            }

            if (_over || HostSignal.IsHarmless(signal))
                return;
            DeadlySignal ??= signal;

            // Whoever waits for it must not run on the sender's thread.
            _ = _ended.CancelAsync();
        }
    }

    public void Ignore(int signal)
    {
        lock (_gate)
        {
            _ignored.Add(signal);
            _caught.Remove(signal);
        }
    }

    public void Catch(int signal)
    {
        lock (_gate)
        {
            _ignored.Remove(signal);
            _caught.Add(signal);
        }
    }

    public void Default(int signal)
    {
        lock (_gate)
        {
            _ignored.Remove(signal);
            _caught.Remove(signal);
        }
    }

    /// <summary>The next signal it caught; null for none.</summary>
    public int? TakePending()
    {
        lock (_gate)
        {
            if (_pending.TryDequeue(out var signal))
                return signal;
            if (_signalled.Task.IsCompleted)
                _signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return null;
        }
    }

    /// <summary>Completes when it catches a signal.</summary>
    public Task CaughtSignal
    {
        get
        {
            lock (_gate)
                return _signalled.Task;
        }
    }

    public bool Ignores(int signal)
    {
        lock (_gate)
            return _ignored.Contains(signal);
    }

    public HashSet<int> Ignored()
    {
        lock (_gate)
            return [.. _ignored];
    }

    /// <summary>It has ended.</summary>
    public void Dispose()
    {
        _table.Remove(this);
        lock (_gate)
        {
            _over = true;
            _ended.Dispose();
        }
    }
}
