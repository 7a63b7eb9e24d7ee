using System.Globalization;

namespace OpsKit.Modules.DiskLimits;

/// <summary>How a host enforces the limits of a machine's disks.</summary>
public enum SchedulerKind
{
    /// <summary>The host did not tell.</summary>
    Unknown,

    /// <summary>The limits of all disks a machine has on one datastore are added; the disks share the sum, and one without a limit voids it.</summary>
    Summed,

    /// <summary>Each disk has its own limit, counted in units of 32 KB.</summary>
    PerDisk,
}

/// <summary>The rule of one host, and what says so.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Reason">Version and setting it follows from.</param>
public sealed record SchedulerRule(SchedulerKind Kind, string Reason)
{
    /// <summary>1, the default, for the scheduler that came with ESXi 5.5; 0 for the one before.</summary>
    public const string ReservationSetting = "Disk.SchedulerWithReservation";

    /// <summary>False for one queue a machine and device, which mixes its disks as before; from ESXi 6.</summary>
    public const string PerFileSetting = "VMkernel.Boot.isPerFileSchedModelActive";

    private static readonly Version Reservations = new(5, 5);

    /// <summary>The rule for a host that cannot be asked.</summary>
    public static SchedulerRule Unread(string why) => new(SchedulerKind.Unknown, why);

    /// <summary>The rule that a host of a version has unless a setting says otherwise.</summary>
    internal static SchedulerRule ByVersion(string? version) => Of(version, new Dictionary<string, string>());

    /// <summary>The rule that follows from a host's version and settings.</summary>
    /// <param name="version">Such as <c>5.1.0</c>; null where the host does not say.</param>
    /// <param name="settings">Its advanced settings by key, as far as they decide; null where they could not be read.</param>
    public static SchedulerRule Of(string? version, IReadOnlyDictionary<string, string>? settings)
    {
        if (!Version.TryParse(version, out var number))
            return Unread("the host does not tell its version");
        var product = string.Create(CultureInfo.InvariantCulture, $"ESXi {number.Major}.{number.Minor}");
        if (number < Reservations)
            return new SchedulerRule(SchedulerKind.Summed, $"{product}, before 5.5");
        if (settings is null)
            return Unread($"{product}, whose settings cannot be read");
        if (settings.TryGetValue(ReservationSetting, out var reservation) && reservation == "0")
            return new SchedulerRule(SchedulerKind.Summed, $"{product} with {ReservationSetting} = 0");
        if (settings.TryGetValue(PerFileSetting, out var perFile) && perFile is "0" or "false" or "False" or "FALSE")
            return new SchedulerRule(SchedulerKind.Summed, $"{product} with {PerFileSetting} = false");
        return new SchedulerRule(SchedulerKind.PerDisk, product);
    }
}
