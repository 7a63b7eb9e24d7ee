using System.Net;
using OpsKit.Lab.Enclosures.VirtualConnect;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Vcsu;

/// <summary>Finds what a command line aims at: an Onboard Administrator, which leads to the Virtual Connect modules of its enclosure.</summary>
internal static class VcsuTarget
{
    /// <summary>The enclosure, or why there is none.</summary>
    public static (EnclosureSite? Site, string? Error) Find(IReadOnlyList<EnclosureSite> sites, VcsuOptions options)
    {
        if (!IPAddress.TryParse(options.Address, out var address) || sites.FirstOrDefault(site => site.Enclosure.Oas.Exists(oa => oa.Address.Equals(address))) is not { } site)
            return (null, VcsuTexts.InvalidAddress);
        if (!site.Network.IsReachable(address))
            return (null, "Unable to communicate with the Onboard Administrator");
        lock (site.Estate.Gate)
        {
            if (!site.Enclosure.Accounts.Exists(account => account.User == options.User && account.Password == options.Password))
                return (null, "Invalid Onboard Administrator user name or password");
            if (!site.Enclosure.Oas.Exists(oa => oa.Address.Equals(address) && oa.Active))
                return (null, "The Onboard Administrator is in standby mode");
            if (!options.NeedsVirtualConnect)
                return (site, null);
            if (site.Enclosure.VcDomain.Length == 0)
                return (null, "No Virtual Connect domain is configured in the enclosure");
            return site.Enclosure.VcAccounts.Find(account => account.User == options.VcUser && account.Password == options.VcPassword) switch
            {
                null => (null, "Invalid Virtual Connect user name or password"),
                { Privileges: not null } when options.Action is "update" or "resetvcm" => (null, "The Virtual Connect user lacks the domain privilege"),
                _ => (site, null),
            };
        }
    }

    /// <summary>What speaks against the health of a module; null for nothing.</summary>
    public static string? Complaint(VcDomain domain, LabInterconnect module) =>
        !module.PoweredOn ? "is powered off" : domain.IsAway(module) ? "does not communicate" : module.Health != "OK" ? $"is {module.Health.ToLowerInvariant()}" : null;
}
