namespace OpsKit.Engine.Verbs;

/// <summary>What a change does to what runs, mildest first.</summary>
public enum Impact
{
    /// <summary>Nothing that a guest or its users notice.</summary>
    None,

    /// <summary>A virtual machine stands still for a moment.</summary>
    Stun,

    /// <summary>A virtual machine is shut down and started again.</summary>
    MachineRestart,

    /// <summary>A path of the network goes away for a time.</summary>
    NetworkPath,

    /// <summary>A host runs no virtual machines for a time.</summary>
    MaintenanceMode,

    /// <summary>A host restarts.</summary>
    HostReboot,
}
