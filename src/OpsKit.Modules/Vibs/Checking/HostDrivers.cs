namespace OpsKit.Modules.Vibs;

/// <summary>What a host's NICs run on.</summary>
/// <param name="Host">The host.</param>
/// <param name="Version">Its version of ESXi.</param>
/// <param name="Nics">Its physical NICs.</param>
/// <param name="Findings">Lines of known faults found in its logs.</param>
public sealed record HostDrivers(string Host, Version Version, IReadOnlyList<NicDriver> Nics, IReadOnlyList<LogFinding> Findings)
{
    /// <summary>Logs that could not be read.</summary>
    public IReadOnlyList<string> UnreadLogs { get; init; } = [];
}

/// <summary>A physical NIC with its driver and firmware; empty where the host does not say.</summary>
/// <param name="Name">Such as <c>vmnic0</c>.</param>
/// <param name="Driver">Such as <c>be2net</c>.</param>
/// <param name="DriverVersion">Such as <c>4.0.355.1</c>.</param>
/// <param name="Firmware">Such as <c>4.0.360.15a</c>.</param>
public sealed record NicDriver(string Name, string Driver, string DriverVersion, string Firmware);

/// <summary>A known fault that a log gave away.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Lines">How many lines there are of it, 1000 at most.</param>
/// <param name="Last">The last of them.</param>
public sealed record LogFinding(KnownFault Fault, int Lines, string Last);
