namespace OpsKit.Modules.Vibs;

/// <summary>Acceptance levels in the words of descriptors and of esxcli.</summary>
public static class VibAcceptance
{
    /// <summary>The level that a descriptor's word means; null for a word that means none.</summary>
    /// <param name="word">Such as <c>partner</c>.</param>
    public static VibAcceptanceLevel? OfDescriptor(string word) => word switch
    {
        "community" => VibAcceptanceLevel.CommunitySupported,
        "partner" => VibAcceptanceLevel.PartnerSupported,
        "accepted" or "vmware" => VibAcceptanceLevel.VMwareAccepted,
        "certified" => VibAcceptanceLevel.VMwareCertified,
        _ => null,
    };

    /// <summary>The level that esxcli's word means; null for a word that means none.</summary>
    /// <param name="word">Such as <c>PartnerSupported</c>.</param>
    public static VibAcceptanceLevel? OfHost(string word) =>
        Enum.GetValues<VibAcceptanceLevel>().Where(level => level.ToString() == word).Select(level => (VibAcceptanceLevel?)level).FirstOrDefault();

    /// <summary>Whether a host of a level takes packages of another.</summary>
    /// <param name="host">What the host is set to.</param>
    /// <param name="package">The package's level.</param>
    public static bool Takes(this VibAcceptanceLevel host, VibAcceptanceLevel package) => package >= host;
}
