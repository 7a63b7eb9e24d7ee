namespace OpsKit.Modules.ChangeTracking;

/// <summary>
/// What a stun cycle remembers, so that a crash leaves no snapshot behind: its snapshot's name and the machine's tasks, before it asks for anything; then what
/// it made and started. The name is like no other, so that the snapshot is found by it whoever looks, also where the answer with its id was lost.
/// </summary>
internal sealed record StunTrail
{
    private const string NameKey = "snapshot";
    private const string BeforeKey = "before";
    private const string CreateKey = "create";
    private const string MadeKey = "made";
    private const string RemoveKey = "remove";

    /// <summary>The snapshot's name.</summary>
    public required string Snapshot { get; init; }

    /// <summary>Ids of tasks the machine had before.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>The task that makes the snapshot, once known.</summary>
    public string? Create { get; init; }

    /// <summary>The snapshot's id, once known.</summary>
    public string? Made { get; init; }

    /// <summary>The last task that was to remove it, once known.</summary>
    public string? Remove { get; init; }

    /// <summary>Reads a note; null where it is none of a stun cycle's.</summary>
    public static StunTrail? Parse(string note)
    {
        var parts = note.Split("; ", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First()[1], StringComparer.Ordinal);
        return parts.GetValueOrDefault(NameKey) is not { Length: > 0 } name ? null : new StunTrail
        {
            Snapshot = name,
            Before = parts.GetValueOrDefault(BeforeKey, "").Split(',', StringSplitOptions.RemoveEmptyEntries),
            Create = parts.GetValueOrDefault(CreateKey),
            Made = parts.GetValueOrDefault(MadeKey),
            Remove = parts.GetValueOrDefault(RemoveKey),
        };
    }

    /// <summary>The note.</summary>
    public override string ToString()
    {
        var parts = new List<string> { $"{NameKey}={Snapshot}" };
        Add(BeforeKey, Before.Count > 0 && Made is null ? string.Join(',', Before) : null);
        Add(CreateKey, Create);
        Add(MadeKey, Made);
        Add(RemoveKey, Remove);
        return string.Join("; ", parts);

        void Add(string key, string? value)
        {
            if (value is not null)
                parts.Add($"{key}={value}");
        }
    }
}
