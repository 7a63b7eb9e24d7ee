using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>What hosts can do.</summary>
internal static class HostCapabilities
{
    public static HostCapability Of(LabHost host)
    {
        var major = HostSettings.Major(host);
        return new HostCapability
        {
            RecursiveResourcePoolsSupported = true,
            CpuMemoryResourceConfigurationSupported = true,
            RebootSupported = true,
            ShutdownSupported = true,
            VmotionSupported = true,
            StandbySupported = false,
            DatastorePrincipalSupported = true,
            SanSupported = true,
            NfsSupported = true,
            IscsiSupported = true,
            VlanTaggingSupported = true,
            NicTeamingSupported = true,
            HighGuestMemSupported = true,
            MaintenanceModeSupported = true,
            SuspendedRelocateSupported = true,
            RestrictedSnapshotRelocateSupported = false,
            PerVmSwapFiles = true,
            LocalSwapDatastoreSupported = false,
            UnsharedSwapVMotionSupported = true,
            BackgroundSnapshotsSupported = true,
            PreAssignedPCIUnitNumbersSupported = true,
            ScreenshotSupported = true,
            ScaledScreenshotSupported = true,
            StorageVMotionSupported = true,
            VmotionWithStorageVMotionSupported = major > 5,
            HbrNicSelectionSupported = false,
            VrNfcNicSelectionSupported = false,
            RecordReplaySupported = false,
            FtSupported = false,
            SmpFtSupported = false,
            CloneFromSnapshotSupported = true,
            DeltaDiskBackingsSupported = true,
            PerVMNetworkTrafficShapingSupported = true,
            TpmSupported = false,
            VirtualExecUsageSupported = true,
            StorageIORMSupported = true,
            VStorageCapable = true,
            SnapshotRelayoutSupported = true,
            VmfsDatastoreMountCapable = true,
            EightPlusHostVmfsSharedAccessSupported = true,
            NestedHVSupported = major > 5,
            VPMCSupported = major > 5,
            InterVMCommunicationThroughVMCISupported = true,
            FeatureCapabilitiesSupported = major > 5,
            LatencySensitivitySupported = major > 5,
            Accel3dSupported = false,
            ProvisioningNicSelectionSupported = major > 5,
            MaxSupportedVMs = major < 6 ? 512 : 1024,
            MaxRunningVMs = major < 6 ? 512 : 1024,
            MaxSupportedVcpus = major < 6 ? 32 : 128,
            LoginBySSLThumbprintSupported = true,
            StoragePolicySupported = major > 5,
            FirewallIpRulesSupported = major > 4,
            DeviceRebindWithoutRebootSupported = major > 6,
            QuickBootSupported = major > 6,
            EncryptedVMotionSupported = major > 5,
        };
    }
}
