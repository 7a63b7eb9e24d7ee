namespace OpsKit.Modules.Tasks;

/// <summary>
/// What a change remembers of the task it starts, so that a crash loses none: before it asks, the tasks of that kind there are already; once it knows it, the
/// task's id. A task that is there and was not there before is the change's own, also where the process died before it was told so. No clock is needed for
/// that, and none is trusted.
/// </summary>
internal sealed record TaskTrail
{
    private const string BeforeKey = "before";
    private const string TaskKey = "task";
    private const string FactKey = "state";

    /// <summary>Ids of tasks of the same kind that the object had already.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>The change's own task, once known.</summary>
    public string? Task { get; init; }

    /// <summary>What was seen of the object before; null for nothing. Has no semicolon.</summary>
    public string? Fact { get; init; }

    /// <summary>Reads a note; what it does not know it leaves out.</summary>
    public static TaskTrail Parse(string note)
    {
        var parts = note.Split("; ", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First()[1], StringComparer.Ordinal);
        return new TaskTrail
        {
            Before = parts.GetValueOrDefault(BeforeKey, "").Split(',', StringSplitOptions.RemoveEmptyEntries),
            Task = parts.GetValueOrDefault(TaskKey),
            Fact = parts.GetValueOrDefault(FactKey),
        };
    }

    /// <summary>The change's own task among those of its kind; null where there is none.</summary>
    public RecentTask? Own(IEnumerable<RecentTask> tasks) => Task is { } known
        ? tasks.FirstOrDefault(task => task.Id == known)
        : tasks.FirstOrDefault(task => !Before.Contains(task.Id, StringComparer.Ordinal));

    /// <summary>The note.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Fact is { } fact)
            parts.Add($"{FactKey}={fact}");
        if (Before.Count > 0 || Task is null)
            parts.Add($"{BeforeKey}={string.Join(',', Before)}");
        if (Task is { } task)
            parts.Add($"{TaskKey}={task}");
        return string.Join("; ", parts);
    }
}
