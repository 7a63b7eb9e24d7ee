using OpsKit.Lab.Esxi.Esxcli;
using OpsKit.Lab.Esxi.Programs.Esxtop;
using OpsKit.Lab.Esxi.Programs.VimCmd;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary>What ESXi brings beside BusyBox.</summary>
internal static class HostPrograms
{
    /// <summary>The programs of a host's version.</summary>
    /// <param name="estate">What the host is part of.</param>
    /// <param name="host">The host.</param>
    /// <param name="fileSystemRoot">The folder of this machine that is its <c>/</c>.</param>
    /// <param name="faults">What goes wrong on it.</param>
    public static IEnumerable<IHostProgram> For(LabEstate estate, LabHost host, string fileSystemRoot, FaultList faults)
    {
        var esxcli = new EsxcliProgram(estate, host, fileSystemRoot, faults);
        IEnumerable<IHostProgram> programs =
        [
            new HostProgram("/bin/vmware", VmwareProgram.RunAsync),
            new HostProgram("/bin/vim-cmd", VimCmdProgram.RunAsync),
            new EsxcliHostProgram("/sbin/esxcli", esxcli),
            new EsxcliHostProgram("/sbin/localcli", esxcli),
            new HostProgram("/sbin/esxcfg-nics", ConfigPrograms.NicsAsync),
            new HostProgram("/sbin/esxcfg-vswitch", ConfigPrograms.SwitchesAsync),
            new HostProgram("/sbin/esxcfg-vmknic", ConfigPrograms.VmkNicsAsync),
            new HostProgram("/sbin/esxcfg-info", ConfigPrograms.InfoAsync),
            new HostProgram("/sbin/esxcfg-advcfg", ConfigPrograms.SettingsAsync),
            new HostProgram("/sbin/chkconfig", ServicePrograms.CheckConfigAsync),
            new HostProgram("/sbin/reboot", PowerPrograms.RebootAsync),
            new HostProgram("/sbin/poweroff", PowerPrograms.PowerOffAsync),
            new HostProgram("/sbin/halt", PowerPrograms.PowerOffAsync),
            new HostProgram("/sbin/esxtop", EsxtopProgram.RunAsync),
            new HostProgram("/sbin/vsish", VsishProgram.RunAsync),
            .. ServicePrograms.Scripts(host),
        ];

        // What came and went with versions.
        var version = Version.Parse(host.Version);
        if (version.Major == 4)
            programs = programs.Append(new HostProgram("/sbin/esxupdate", EsxUpdateProgram.RunAsync)).Append(new HostProgram("/bin/netstat", NetworkPrograms.ConnectionsAsync));
        if (version >= new Version(6, 5))
            programs = programs.Append(new HostProgram("/usr/lib/vmware/secureboot/bin/secureBoot.py", SecureBootAsync));
        return version < new Version(5, 5) ? programs : programs.Append(new HostProgram("/sbin/net-stats", NetworkPrograms.PortsAsync));
    }

    /// <summary>Says with <c>-s</c> whether signatures are checked at the start.</summary>
    private static Task<int> SecureBootAsync(HostCall call)
    {
        if (call.Words is not ["-s" or "--status"])
        {
            call.Out.WriteLine("usage: secureBoot.py [-h] [-a | -c | -s]");
            return Task.FromResult(2);
        }

        call.Out.WriteLine(call.Host.SecureBoot ? "Enabled" : "Disabled");
        return Task.FromResult(0);
    }
}
