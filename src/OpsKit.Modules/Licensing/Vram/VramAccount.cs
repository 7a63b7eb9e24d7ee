using OpsKit.Engine.Reports;

namespace OpsKit.Modules.Licensing;

/// <summary>The count of vRAM: every host and every virtual machine stands on exactly one line.</summary>
public sealed record VramAccount
{
    /// <summary>The terms counted by.</summary>
    public required VramTable Table { get; init; }

    /// <summary>Pools and, after them, what is in no pool, with the reason.</summary>
    public required IReadOnlyList<VramLine> Lines { get; init; }

    /// <summary>What a reader has to know besides the rows.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What could not be counted at all.</summary>
    public required IReadOnlyList<NotAssessed> NotAssessed { get; init; }

    /// <summary>The pools alone.</summary>
    public IEnumerable<VramLine> Pools => Lines.Where(line => line.Category == VramCategory.Pool);
}

/// <summary>Why hosts and machines stand on a line.</summary>
public enum VramCategory
{
    /// <summary>They are in the pool of an edition.</summary>
    Pool,

    /// <summary>Suspended machines: not powered on, so not counted as used.</summary>
    Suspended,

    /// <summary>Secondaries of Fault Tolerance pairs.</summary>
    FaultToleranceSecondary,

    /// <summary>Templates.</summary>
    Template,

    /// <summary>Machines whose power state vCenter does not know now.</summary>
    StateUnknown,

    /// <summary>Hosts vCenter has no connection to.</summary>
    HostDisconnected,

    /// <summary>Hosts in evaluation.</summary>
    Evaluation,

    /// <summary>Hosts whose edition the tables do not know.</summary>
    UnknownEdition,

    /// <summary>Hosts before 4.1, whose licences vCenter does not report.</summary>
    HostTooOld,

    /// <summary>Hosts without a licence.</summary>
    HostWithoutLicence,

    /// <summary>Machines without a host.</summary>
    NoHost,
}

/// <summary>A pool, or a group of hosts and machines outside all pools.</summary>
public sealed record VramLine
{
    /// <summary>The vCenter, or the Linked Mode group.</summary>
    public required string Site { get; init; }

    /// <summary>Why these hosts and machines stand here.</summary>
    public required VramCategory Category { get; init; }

    /// <summary>The licence's display name where all on the line have the same, else the edition.</summary>
    public required string LicenseType { get; init; }

    /// <summary>The pool's edition; null where it is not known.</summary>
    public string? Edition { get; init; }

    /// <summary>The host that is a pool of its own (free hypervisor), or null.</summary>
    public string? PoolHost { get; init; }

    /// <summary>Hosts with their machines on this line. A host can show up on several lines; it is at home on one.</summary>
    public required IReadOnlyList<VramHost> Hosts { get; init; }

    /// <summary>The licence keys of the pool; empty outside pools.</summary>
    public IReadOnlyList<VramKey> Keys { get; init; } = [];

    /// <summary>Entitlement of the assigned keys; null outside pools.</summary>
    public VramQuota? Entitled { get; init; }

    /// <summary>Entitlement with the keys that are not assigned to any host; null outside pools.</summary>
    public VramQuota? EntitledWithUnassigned { get; init; }

    /// <summary>Power-on is refused beyond the limit.</summary>
    public bool HardLimit { get; init; }

    /// <summary>vCenters of the Linked Mode group that did not answer: the line lacks their share.</summary>
    public IReadOnlyList<string> MissingVCenters { get; init; } = [];

    /// <summary>Why it is in no pool, or what is special about the pool; null where there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The machines of all hosts.</summary>
    public IEnumerable<VramMachine> Machines => Hosts.SelectMany(host => host.Machines);

    /// <summary>Hosts that are at home on this line.</summary>
    public int HostCount => Hosts.Count(host => host.IsHome);

    /// <summary>Configured memory of all machines on the line, in MB.</summary>
    public long ConfiguredMB => Machines.Sum(machine => machine.ConfiguredMB);

    /// <summary>Memory of the powered-on machines, in MB, each up to the table's cap.</summary>
    public long UsedMB => Machines.Sum(machine => machine.UsedMB);

    /// <summary>Used memory is within the entitlement now; null outside pools.</summary>
    public bool? IsWithin => Entitled is { } entitled ? entitled.IsUnlimited || UsedMB <= entitled.Megabytes : null;
}

/// <summary>A host's share of a line.</summary>
/// <param name="VCenter">The vCenter that manages it.</param>
/// <param name="Host">The host; null for machines without one.</param>
/// <param name="License">Its licence; null where none is known.</param>
/// <param name="IsHome">This is the line the host itself belongs to, so it is counted here.</param>
/// <param name="Machines">Its machines on this line.</param>
public sealed record VramHost(string VCenter, LicensedHost? Host, License? License, bool IsHome, IReadOnlyList<VramMachine> Machines);

/// <summary>A virtual machine's share of a line.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="ConfiguredMB">Configured memory in MB.</param>
/// <param name="UsedMB">Memory counted as used, in MB: 0 unless powered on, at most the table's cap.</param>
public sealed record VramMachine(SizedMachine Machine, long ConfiguredMB, long UsedMB);

/// <summary>A licence key's share of a pool's entitlement.</summary>
/// <param name="License">The licence.</param>
/// <param name="Use">Whether it is in the pool.</param>
/// <param name="Quota">What it brings, once assigned; null where the table cannot tell.</param>
/// <param name="Hosts">Names of the hosts it is assigned to.</param>
public sealed record VramKey(License License, KeyUse Use, VramQuota? Quota, IReadOnlyList<string> Hosts);

/// <summary>Whether a key's entitlement is in the pool.</summary>
public enum KeyUse
{
    /// <summary>Assigned to a host of the pool: it is in.</summary>
    Assigned,

    /// <summary>In the inventory and not assigned to any host: it would be in.</summary>
    Unassigned,

    /// <summary>The server counts it as used and does not say by what (hosts before 4.1).</summary>
    UsedUnreported,

    /// <summary>Assigned to a host of another vCenter, which is not named as one Linked Mode group with this one.</summary>
    AssignedElsewhere,
}
