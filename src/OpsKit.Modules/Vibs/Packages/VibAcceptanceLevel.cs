namespace OpsKit.Modules.Vibs;

/// <summary>How far a package, or what a host takes, is vouched for; from loose to strict. A host takes packages of its own level and the stricter ones.</summary>
public enum VibAcceptanceLevel
{
    /// <summary>Anybody's; unsigned. <c>community</c> in a descriptor.</summary>
    CommunitySupported,

    /// <summary>Signed by a partner. <c>partner</c> in a descriptor. What hosts are set to when they are new.</summary>
    PartnerSupported,

    /// <summary>Signed by VMware, tested by the partner. <c>accepted</c> (some tools: <c>vmware</c>) in a descriptor.</summary>
    VMwareAccepted,

    /// <summary>Signed and tested by VMware. <c>certified</c> in a descriptor.</summary>
    VMwareCertified,
}
