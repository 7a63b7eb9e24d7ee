namespace OpsKit.Modules.NetworkAudit;

/// <summary>Which NICs of a host are unused, and which of those can be hidden. Pure.</summary>
public static class FlexNicJudge
{
    /// <summary>Every NIC of the host, and those that are hidden already.</summary>
    /// <param name="state">The host.</param>
    /// <param name="anyUnused">Whether unused NICs count that are no FlexNICs as far as is known.</param>
    public static IReadOnlyList<JudgedNic> Of(FlexNicState state, bool anyUnused = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        var nics = state.Network.Nics.Select(nic => Judge(state, nic, anyUnused)).ToList();
        var seen = nics.Select(nic => nic.Device?.Id).ToHashSet(StringComparer.Ordinal);
        nics.AddRange(state.Devices.Where(device => device is { Active: true, IsNetwork: true } && !seen.Contains(device.Id)).Select(device => new JudgedNic(null, device, FlexNicStanding.Hidden, null)));
        return nics;
    }

    private static JudgedNic Judge(FlexNicState state, HostNic nic, bool anyUnused)
    {
        var device = state.Devices.FirstOrDefault(one => one.Id == PciAddress.Plain(nic.Pci));
        if (Use(state.Network, nic, device) is { } use)
            return new JudgedNic(nic, device, FlexNicStanding.InUse, use);
        if (device is { Enabled: true })
            return new JudgedNic(nic, device, device.Active ? FlexNicStanding.Hidden : FlexNicStanding.HiddenAfterRestart, device.Active ? null : "hidden with the next restart");
        if (!anyUnused && !NicFindings.IsFlexNic(state.Network, nic))
            return new JudgedNic(nic, device, FlexNicStanding.NoFlexNic, "unused, and no FlexNIC as far as is known");
        if (device is not { Capable: true })
            return new JudgedNic(nic, device, FlexNicStanding.CannotBeHidden, device is null ? "passthrough does not know it" : "it is not capable of passthrough");
        return Shared(state, device) is { } shared
            ? new JudgedNic(nic, device, FlexNicStanding.CannotBeHidden, shared)
            : new JudgedNic(nic, device, FlexNicStanding.CanBeHidden, null);
    }

    /// <summary>Why a NIC is in use; null where it is not. One with a link is never called unused.</summary>
    private static string? Use(HostNetwork host, HostNic nic, PassthroughDevice? device) =>
        host.SwitchOf(nic.Device) is { } one ? $"uplink of {one.Name}" : nic.LinkUp ? "has a link" : device is { Sriov: true } ? "SR-IOV is on" : null;

    /// <summary>What depends on the same device goes with it: each of those must be unused, too, and must be known.</summary>
    private static string? Shared(FlexNicState state, PassthroughDevice device)
    {
        foreach (var other in state.Devices.Where(other => other.DependentDevice == device.DependentDevice && other.Id != device.Id))
        {
            var nic = state.Network.Nics.FirstOrDefault(nic => PciAddress.Plain(nic.Pci) == other.Id);
            if (nic is not null && Use(state.Network, nic, other) is { } use)
                return $"it goes together with {nic.Device}, which is in use: {use}";
            if (nic is null && !other.Active)
                return $"it goes together with {other.Id}, which is no NIC";
        }

        return null;
    }
}

/// <summary>A NIC and how it stands.</summary>
/// <param name="Nic">The NIC; null for one that is hidden from the VMkernel.</param>
/// <param name="Device">Its PCI function, as passthrough sees it; null where that does not know it.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Reason">Why; null where that needs no words.</param>
public sealed record JudgedNic(HostNic? Nic, PassthroughDevice? Device, FlexNicStanding Standing, string? Reason);

/// <summary>How a NIC stands to being hidden.</summary>
public enum FlexNicStanding
{
    /// <summary>It is in use.</summary>
    InUse,

    /// <summary>It is unused and can be hidden.</summary>
    CanBeHidden,

    /// <summary>It is unused and cannot be hidden.</summary>
    CannotBeHidden,

    /// <summary>It is unused, and no FlexNIC as far as is known.</summary>
    NoFlexNic,

    /// <summary>It will be hidden with the next restart.</summary>
    HiddenAfterRestart,

    /// <summary>It is hidden.</summary>
    Hidden,
}
