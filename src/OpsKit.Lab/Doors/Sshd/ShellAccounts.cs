using System.Net;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Doors.Sshd;

/// <summary>Whom a thing takes a client for that logged in at this machine: its first account, such as root or Administrator.</summary>
internal static class ShellAccounts
{
    public static string? UserAt(LabEstate estate, IPAddress address)
    {
        lock (estate.Gate)
        {
            return new AddressBook(estate).OwnerOf(address) switch
            {
                VmkOfHost vmk => vmk.Host.Accounts.FirstOrDefault()?.User,
                ModuleOfEnclosure module => module.Enclosure.Accounts.FirstOrDefault()?.User,
                LabOa oa => estate.Enclosures.Find(enclosure => enclosure.Oas.Contains(oa))?.Accounts.FirstOrDefault()?.User,
                IloOfHost ilo => ilo.Host.Enclosure?.Accounts.FirstOrDefault()?.User,
                _ => null,
            };
        }
    }
}
