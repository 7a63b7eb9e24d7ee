using System.Globalization;
using OpsKit.Connections;

namespace OpsKit.Modules.VirtualDisks;

/// <summary>Finds disks of a machine by what operators call them: <c>Hard disk 2</c>, <c>2</c>, <c>scsi0:1</c>, <c>SCSI (0:1)</c>, <c>[ds01] db01/db01_1.vmdk</c>. Pure.</summary>
internal static class DiskNames
{
    /// <summary>The disk of a name.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="name">What the operator calls the disk.</param>
    /// <exception cref="OpsKitException">Kind Usage: it has no such disk, or several.</exception>
    public static VirtualDiskState Find(MachineDisks machine, string name)
    {
        var meant = machine.Disks.Where(disk => Means(name, disk)).ToList();
        return meant.Count switch
        {
            1 => meant[0],
            0 => throw new OpsKitException(FailureKind.Usage, $"has no disk {name}", machine.Name, machine.Disks.Count == 0 ? "it has no disks" : $"its disks are {List(machine.Disks)}"),
            _ => throw new OpsKitException(FailureKind.Usage, $"has {meant.Count} disks that {name} can mean", machine.Name, $"name one by its slot: {List(meant)}"),
        };
    }

    /// <summary>Whether a name means a disk.</summary>
    public static bool Means(string name, VirtualDiskState disk)
    {
        var text = name.Trim();
        return string.Equals(text, disk.Label, StringComparison.OrdinalIgnoreCase)
            || (disk.Slot is { } slot && string.Equals(SlotIn(text), slot, StringComparison.OrdinalIgnoreCase))
            || (disk.FileName is { } file && string.Equals(text, file, StringComparison.Ordinal))
            || IsNumberOf(text, disk.Label);
    }

    /// <summary>Names of disks for a message, at most eight.</summary>
    public static string List(IEnumerable<VirtualDiskState> disks)
    {
        var names = disks.Select(disk => disk.Name).ToList();
        return names.Count <= 8 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(8))} and {names.Count - 8} more";
    }

    /// <summary>Labels are in the server's language (<c>Festplatte 2</c>): their number is what all have in common.</summary>
    private static bool IsNumberOf(string text, string label) =>
        text.Length is > 0 and < 6 && text.All(char.IsAsciiDigit) && label.EndsWith($" {int.Parse(text, CultureInfo.InvariantCulture)}", StringComparison.Ordinal);

    /// <summary><c>SCSI (0:1)</c> and <c>scsi0:1</c> are the same.</summary>
    private static string SlotIn(string text) => string.Concat(text.Where(letter => letter is not (' ' or '(' or ')')));
}
