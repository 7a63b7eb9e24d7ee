using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.DiskLimits;

/// <summary>What a disk had before it was changed.</summary>
/// <param name="Key">The device's key.</param>
/// <param name="Name">Label and slot: a disk that is another one by then is not touched.</param>
internal sealed record UndoDisk(int Key, string Name)
{
    /// <summary>Whether its limit was changed.</summary>
    public bool HasLimit { get; init; }

    /// <summary>The limit it had, in I/O operations a second; null for none.</summary>
    public long? Limit { get; init; }

    /// <summary>The limit it was given; null for none.</summary>
    public long? Given { get; init; }

    /// <summary>Its slot where its bandwidth cap was changed; null where it was not.</summary>
    public string? CapSlot { get; init; }

    /// <summary>The cap it had, as the parameter wrote it; null for none.</summary>
    public string? Cap { get; init; }
}

/// <summary>A machine of an undo file.</summary>
/// <param name="VCenter">Its vCenter's name in the inventory.</param>
/// <param name="Id">Its id there, such as <c>vm-42</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Disks">Its disks.</param>
internal sealed record UndoEntry(string VCenter, string Id, string Name, IReadOnlyList<UndoDisk> Disks)
{
    /// <summary>What an order is about to change.</summary>
    public static UndoEntry Of(Target target, MachineNow now, LimitOrder order) => new(target.VCenter ?? "", target.Reference?.Value ?? "", target.Name, [.. order.Disks.Select(disk => new UndoDisk(disk.Key, disk.Name)
    {
        HasLimit = disk.SetsLimit,
        Limit = disk.SetsLimit ? now.Find(disk)?.IopsLimit : null,
        Given = disk.Limit,
        CapSlot = disk.Cap?.Slot,
        Cap = disk.Cap is { } cap ? now.BandwidthCaps.GetValueOrDefault(cap.Slot) : null,
    })]);

    /// <summary>Two entries of one machine: the first one's values are the old ones, the last one's the given ones.</summary>
    public UndoEntry With(UndoEntry later)
    {
        var disks = Disks.ToList();
        foreach (var disk in later.Disks)
        {
            var place = disks.FindIndex(known => known.Key == disk.Key && known.Name == disk.Name);
            if (place < 0)
                disks.Add(disk);
            else
                disks[place] = Both(disks[place], disk);
        }

        return this with { Disks = disks };
    }

    private static UndoDisk Both(UndoDisk first, UndoDisk later) => first with
    {
        HasLimit = first.HasLimit || later.HasLimit,
        Limit = first.HasLimit ? first.Limit : later.Limit,
        Given = later.HasLimit ? later.Given : first.Given,
        CapSlot = first.CapSlot ?? later.CapSlot,
        Cap = first.CapSlot is null ? later.Cap : first.Cap,
    };
}
