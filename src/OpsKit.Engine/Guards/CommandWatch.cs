using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Runs;

namespace OpsKit.Engine.Guards;

/// <summary>Runs the program of a command guard, again and again. A breach stays one.</summary>
internal sealed class CommandWatch(CommandGuardSpec spec, GuardDoors doors, WatchTime time, Action<GuardSample> keep) : WatchedGuard(spec.Name)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _firstHeard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Judgement _last = new(Verdict.Inconclusive, "not run", "the program has not ended for the first time yet");
    private TimeSpan? _ended;

    public override Task FirstHeard => _firstHeard.Task;

    public override Judgement Judge()
    {
        lock (_gate)
        {
            return _last.Verdict == Verdict.Healthy && time.Now - _ended > spec.Interval + spec.Timeout + Grace
                ? new(Verdict.Inconclusive, "held up", $"this machine is held up: the program was not run again within {Durations.Format(spec.Interval)}")
                : _last;
        }
    }

    public override async Task RunAsync(Action heard, CancellationToken cancellationToken)
    {
        var began = time.Now;
        var request = Request();
        for (long number = 0; ; number = Math.Max(number + 1, (long)Math.Ceiling((time.Now - began) / spec.Interval)))
        {
            var due = began + (spec.Interval * number);
            await time.UntilAsync(due, cancellationToken).ConfigureAwait(false);
            var started = time.Now;
            var judgement = await RunOnceAsync(request, cancellationToken).ConfigureAwait(false);
            var ended = time.Now;
            lock (_gate)
            {
                _last = _last.Verdict == Verdict.Breached ? _last : judgement;
                _ended = ended;
            }

            _firstHeard.TrySetResult();
            heard();
            keep(new GuardSample(
                Name,
                Path.GetFileName(spec.Command[0]),
                started.TotalMilliseconds,
                time.WallAt(started),
                judgement.Verdict == Verdict.Healthy,
                (ended - started).TotalMilliseconds,
                (started - due).TotalMilliseconds,
                judgement.Verdict != Verdict.Inconclusive));
        }
    }

    private async Task<Judgement> RunOnceAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return CommandPolicy.Judge(await doors.Processes.RunAsync(request, cancellationToken).ConfigureAwait(false));
        }
        catch (OpsKitException failure)
        {
            return CommandPolicy.Judge($"{spec.Command[0]} {failure.What}");
        }
    }

    /// <summary>A path is meant from the working folder; a name is looked up in PATH.</summary>
    private ProcessRequest Request() => new()
    {
        FileName = spec.Command[0].AsSpan().ContainsAny('/', Path.DirectorySeparatorChar) ? Path.GetFullPath(spec.Command[0], doors.WorkingDirectory) : spec.Command[0],
        Arguments = [.. spec.Command.Skip(1)],
        WorkingDirectory = doors.WorkingDirectory,
        Timeout = spec.Timeout,
        OutputLimit = 64 * 1024,
    };
}
