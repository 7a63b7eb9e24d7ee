using OpsKit.Lab.Estate;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Enclosures;

/// <summary>What the management processors do to blades; it goes on after the command that began it.</summary>
internal static class BladePower
{
    /// <summary>Cuts the power and gives it back: no operating system notices in time.</summary>
    public static void Cut(EnclosureSite site, LabHost blade, bool andOn) => site.Begin(stop => HostLife.CutPowerAsync(site.Estate, blade, andOn, stop));

    public static void ShutDown(EnclosureSite site, LabHost blade) => site.Begin(stop => HostLife.ShutdownAsync(site.Estate, blade, stop));

    public static void SwitchOn(EnclosureSite site, LabHost blade) => site.Begin(stop => HostLife.PowerOnAsync(site.Estate, blade, stop));

    public static void Restart(EnclosureSite site, LabHost blade) => site.Begin(stop => HostLife.RestartAsync(site.Estate, blade, stop));

    /// <summary>Restarts the iLO. When it is back, a blade that lacks its Virtual Connect profile gets it.</summary>
    public static void ResetIlo(EnclosureSite site, LabHost blade)
    {
        site.Network.TakeAway(blade, TimeSpan.Zero, NetworkTimes.IloReset);
        site.Begin(async stop =>
        {
            await Task.Delay(NetworkTimes.IloReset, site.Clock, stop).ConfigureAwait(false);
            lock (site.Estate.Gate)
            {
                if (!blade.LacksProfile)
                    return;
                foreach (var nic in blade.PNics.Where(nic => nic.ProfileMac.Length > 0))
                    nic.Mac = nic.ProfileMac;
                site.Syslog.Add($"Virtual Connect profile was applied to the server blade in bay {blade.Bay}.");
                site.Estate.Touch(blade);
            }
        });
    }
}
