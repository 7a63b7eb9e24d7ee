namespace OpsKit.Modules.Licensing;

/// <summary>What is read besides licence keys, assignments and hosts: a report asks for what it shows, no more.</summary>
[Flags]
public enum LicensingParts
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>Virtual machines with their memory.</summary>
    Machines = 1,

    /// <summary>The advanced settings that exclude hosts from the core count, of the hosts they may concern.</summary>
    Settings = 2,
}
