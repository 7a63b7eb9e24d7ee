namespace OpsKit.Engine.Runs.Report;

/// <summary>How a process that carried a run ended.</summary>
internal enum LifeEnd
{
    /// <summary>It said so.</summary>
    Ended,

    /// <summary>It lives.</summary>
    Running,

    /// <summary>It never said so: a crash, a kill, a power cut.</summary>
    Crashed,
}

/// <summary>The time in which one process carried the run: from its beginning to its last sign of life.</summary>
internal sealed class RunLife
{
    public required DateTimeOffset Began { get; init; }

    public DateTimeOffset Ended { get; private set; }

    public LifeEnd How { get; private set; }

    /// <summary>The lives of a run, by its events; at least one.</summary>
    public static IReadOnlyList<RunLife> Of(RunRecord run, IReadOnlyList<RunEvent> events)
    {
        var lives = new List<RunLife>();
        foreach (var happened in events)
        {
            if (lives.Count == 0 || happened.Kind is "run-started" or "run-resumed")
                lives.Add(new RunLife { Began = happened.At, Ended = happened.At, How = LifeEnd.Crashed });
            lives[^1].Saw(happened.At);
            if (happened.Kind == "run-ended")
                lives[^1].How = LifeEnd.Ended;
        }

        if (lives.Count == 0)
            lives.Add(new RunLife { Began = run.Started, Ended = run.Ended ?? run.Started, How = run.Ended is null ? LifeEnd.Crashed : LifeEnd.Ended });
        if (lives[^1].How == LifeEnd.Crashed && (run.Alive || run.Status is not (RunStatus.Running or RunStatus.Aborted)))
            lives[^1].How = run.Status == RunStatus.Running ? LifeEnd.Running : LifeEnd.Ended;
        return lives;
    }

    /// <summary>The process gave a sign of life.</summary>
    public void Saw(DateTimeOffset at)
    {
        if (at > Ended)
            Ended = at;
    }
}
