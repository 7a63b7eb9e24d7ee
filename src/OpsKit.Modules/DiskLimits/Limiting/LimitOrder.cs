using System.Globalization;
using OpsKit.Engine.Plans;

namespace OpsKit.Modules.DiskLimits;

/// <summary>One disk of an order.</summary>
/// <param name="Key">The device's key.</param>
/// <param name="Name">Its label and slot when it was planned: a disk that is another one by then is not touched.</param>
internal sealed record OrderedDisk(int Key, string Name)
{
    /// <summary>Whether its limit is set.</summary>
    public bool SetsLimit { get; init; }

    /// <summary>I/O operations a second; null for none.</summary>
    public long? Limit { get; init; }

    /// <summary>Its slot and the cap that is set there (<c>off</c> for none); null where none is.</summary>
    public (string Slot, string Value)? Cap { get; init; }
}

/// <summary>What a change does, as the journal keeps it. Pure.</summary>
/// <param name="Host">The id of the machine's host, by which tasks in flight are counted; empty where it is not known.</param>
/// <param name="Disks">The disks.</param>
internal sealed record LimitOrder(string Host, IReadOnlyList<OrderedDisk> Disks)
{
    private const string None = "none";

    /// <summary>The order of wishes.</summary>
    public static LimitOrder Of(LimitedMachine machine, IEnumerable<DiskWish> wishes) => new(machine.Machine.HostId ?? "", [.. wishes.Select(wish => new OrderedDisk(wish.Disk.Key, wish.Disk.Name)
    {
        SetsLimit = wish.SetsLimit,
        Limit = wish.Limit,
        Cap = wish is { SetsCap: true, Disk.Slot: { } slot } ? (slot, wish.Cap ?? ThrottleKeys.Off) : null,
    })]);

    /// <summary>Reads it back.</summary>
    public static LimitOrder From(PlannedChange change)
    {
        var disks = new List<OrderedDisk>();
        foreach (var (key, name) in change.Arguments.Where(argument => argument.Key.StartsWith("disk.", StringComparison.Ordinal)))
        {
            var id = key["disk.".Length..];
            var limit = change.Arguments.GetValueOrDefault($"limit.{id}");
            disks.Add(new OrderedDisk(int.Parse(id, CultureInfo.InvariantCulture), name)
            {
                SetsLimit = limit is not null,
                Limit = limit is null or None ? null : long.Parse(limit, CultureInfo.InvariantCulture),
                Cap = change.Arguments.TryGetValue($"cap.{id}", out var cap) && cap.Split(' ') is [var slot, var value] ? (slot, value) : null,
            });
        }

        return new LimitOrder(change.Arguments.GetValueOrDefault("host", ""), [.. disks.OrderBy(disk => disk.Key)]);
    }

    /// <summary>What tells this change from another of the same machine: the same whenever the same is planned.</summary>
    public string Id => "limit:" + string.Join(',', Disks.Select(disk => string.Create(
        CultureInfo.InvariantCulture, $"{disk.Key}{(disk.SetsLimit ? $"={Text(disk.Limit)}" : "")}{(disk.Cap is { } cap ? $"@{cap.Value}" : "")}")));

    /// <summary>The arguments that <see cref="From"/> reads.</summary>
    public IReadOnlyDictionary<string, string> ToArguments()
    {
        var arguments = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = Host };
        foreach (var disk in Disks)
        {
            var id = disk.Key.ToString(CultureInfo.InvariantCulture);
            arguments[$"disk.{id}"] = disk.Name;
            if (disk.SetsLimit)
                arguments[$"limit.{id}"] = Text(disk.Limit);
            if (disk.Cap is { } cap)
                arguments[$"cap.{id}"] = $"{cap.Slot} {cap.Value}";
        }

        return arguments;
    }

    private static string Text(long? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? None;
}
