namespace OpsKit.Lab.Estate;

/// <summary>How large a simulated estate is.</summary>
internal enum LabSize
{
    /// <summary>One vCenter, one cluster of four blades in one enclosure, twelve virtual machines.</summary>
    Small,

    /// <summary>Two enclosures with Virtual Connect, ESXi 4.1 and 5.0, and what goes wrong there.</summary>
    Field,

    /// <summary>5,000 virtual machines on 200 hosts in eight clusters.</summary>
    Large,
}
