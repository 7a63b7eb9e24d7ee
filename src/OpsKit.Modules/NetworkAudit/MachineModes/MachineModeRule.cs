using OpsKit.Connections.Inventory;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>What suits guests of a kind.</summary>
/// <param name="Guests">Guest ids, with <c>*</c> and <c>?</c>.</param>
/// <param name="Exec">What <c>virtualExecUsage</c> should be: <c>hvOn</c> or <c>hvOff</c>.</param>
/// <param name="Mmu">What <c>virtualMmuUsage</c> should be: <c>on</c> or <c>off</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">Where that is written.</param>
public sealed record MachineModeRule(IReadOnlyList<string> Guests, string Exec, string Mmu, string Reason, string Source)
{
    /// <summary>Whether it speaks of a guest.</summary>
    /// <param name="guestId">Such as <c>winNetStandardGuest</c>.</param>
    public bool IsFor(string guestId) => Guests.Any(guest => GlobPattern.Matches(guest, guestId));
}
