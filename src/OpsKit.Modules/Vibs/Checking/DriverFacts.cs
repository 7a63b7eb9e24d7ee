namespace OpsKit.Modules.Vibs;

/// <summary>Which drivers and firmware belong together, and what known-bad ones write into logs. Read from <c>driver-firmware.yaml</c>.</summary>
public sealed record DriverFacts
{
    /// <summary>Where they were read from: a file, or <c>built in</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Drivers with the firmware they need.</summary>
    public required IReadOnlyList<DriverPair> Pairs { get; init; }

    /// <summary>Lines of a log that give a known fault away.</summary>
    public required IReadOnlyList<KnownFault> KnownFaults { get; init; }
}

/// <summary>A driver and the firmware that belongs to it. Versions may have <c>*</c> and <c>?</c>.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Driver">The driver's name, such as <c>be2net</c>.</param>
/// <param name="DriverVersions">The versions of the driver it speaks of.</param>
/// <param name="Esxi">The versions of ESXi it speaks of; empty for all.</param>
/// <param name="Firmware">The firmware versions that belong to it.</param>
/// <param name="Because">What happens otherwise.</param>
public sealed record DriverPair(string Name, string Driver, IReadOnlyList<string> DriverVersions, IReadOnlyList<string> Esxi, IReadOnlyList<string> Firmware, string Because);

/// <summary>A fault that a log gives away.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Driver">The driver of the NICs that have it.</param>
/// <param name="Log">The log's path on the host.</param>
/// <param name="Lines">Texts that its lines have in them, any of them.</param>
/// <param name="Because">What it means.</param>
/// <param name="Remedy">What helps.</param>
public sealed record KnownFault(string Name, string Driver, string Log, IReadOnlyList<string> Lines, string Because, string Remedy);
