using OpsKit.Lab.Esxi.Esxcli;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary>What ESXi brings beside BusyBox.</summary>
internal static class HostPrograms
{
    /// <summary>The programs of a host's version.</summary>
    /// <param name="estate">What the host is part of.</param>
    /// <param name="host">The host.</param>
    /// <param name="fileSystemRoot">The folder of this machine that is its <c>/</c>.</param>
    public static IEnumerable<IHostProgram> For(LabEstate estate, LabHost host, string fileSystemRoot)
    {
        yield return new HostProgram("/bin/vmware", VmwareProgram.RunAsync);
        var esxcli = new EsxcliProgram(estate, host, fileSystemRoot);
        yield return new EsxcliHostProgram("/sbin/esxcli", esxcli);
        yield return new EsxcliHostProgram("/sbin/localcli", esxcli);
    }
}
