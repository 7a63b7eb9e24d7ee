namespace OpsKit.Modules.NetworkAudit;

/// <summary>A host's NICs, and what of its devices can be given to virtual machines, by which NICs are hidden from the VMkernel.</summary>
public sealed record FlexNicState
{
    /// <summary>The host's network.</summary>
    public required HostNetwork Network { get; init; }

    /// <summary>Its devices that know of passthrough.</summary>
    public IReadOnlyList<PassthroughDevice> Devices { get; init; } = [];

    /// <summary>Whether it rebinds devices without a restart, as hosts of 7.0 and newer may.</summary>
    public bool RebindsWithoutRestart { get; init; }
}

/// <summary>A PCI function as passthrough sees it.</summary>
/// <param name="Id">Its address, such as <c>0000:04:00.2</c>.</param>
/// <param name="DependentDevice">The device that the VMkernel has to let go of for it; itself, or a bridge over several functions.</param>
/// <param name="Capable">Whether it can be given away.</param>
/// <param name="Enabled">Whether that is set.</param>
/// <param name="Active">Whether it is in force: set, and the host restarted since.</param>
/// <param name="IsNetwork">Whether it is a network device; null where that is not said.</param>
public sealed record PassthroughDevice(string Id, string DependentDevice, bool Capable, bool Enabled, bool Active, bool? IsNetwork)
{
    /// <summary>Whether SR-IOV is on for it: virtual machines use functions of it, though no switch does.</summary>
    public bool Sriov { get; init; }
}
