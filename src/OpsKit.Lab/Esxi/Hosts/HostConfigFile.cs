using System.Globalization;
using System.Text;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Hosts;

/// <summary>What stands in <c>/etc/vmware/esx.conf</c>: a little of it.</summary>
internal static class HostConfigFile
{
    public static string Text(LabHost host)
    {
        var text = new StringBuilder();
        text.Append($"/adv/Misc/HostName = \"{host.Name}\"\n");
        foreach (var (index, vmk) in host.Vmks.Index())
        {
            var child = index.ToString("0000", CultureInfo.InvariantCulture);
            text.Append($"/net/vmkernelnic/child[{child}]/enable = \"true\"\n");
            text.Append($"/net/vmkernelnic/child[{child}]/ipv4address = \"{vmk.Address}\"\n");
            text.Append($"/net/vmkernelnic/child[{child}]/mac = \"{vmk.Mac}\"\n");
            text.Append($"/net/vmkernelnic/child[{child}]/name = \"{vmk.Device}\"\n");
            text.Append($"/net/vmkernelnic/child[{child}]/portgroup = \"{vmk.PortGroup}\"\n");
        }

        foreach (var (index, nic) in host.PNics.Index())
        {
            var child = index.ToString("0000", CultureInfo.InvariantCulture);
            text.Append($"/net/pnic/child[{child}]/mac = \"{nic.Mac}\"\n");
            text.Append($"/net/pnic/child[{child}]/name = \"{nic.Device}\"\n");
        }

        text.Append($"/system/uuid = \"{host.Uuid}\"\n");
        return text.ToString();
    }
}
