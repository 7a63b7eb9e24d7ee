using System.Globalization;
using System.Text;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary>The older programs: <c>esxcfg-nics</c>, <c>esxcfg-vswitch</c>, <c>esxcfg-vmknic</c>, <c>esxcfg-info</c>, <c>esxcfg-advcfg</c>.</summary>
internal static class ConfigPrograms
{
    public static Task<int> NicsAsync(HostCall call) => Listed(call, () =>
    {
        call.Out.WriteLine("Name    PCI           Driver      Link Speed     Duplex MAC Address       MTU    Description                   ");
        foreach (var nic in call.Host.PNics.Where(nic => !nic.PassthroughActive))
        {
            var up = nic is { LinkUp: true, SpeedMb: > 0 };
            var mtu = call.Host.VSwitches.Find(vswitch => vswitch.Active.Contains(nic.Device) || vswitch.Standby.Contains(nic.Device))?.Mtu ?? 1500;
            call.Out.WriteLine($"{nic.Device,-7} {Pci(call.Host, nic),-13} {nic.Driver,-11} {(up ? "Up" : "Down"),-4} {(up ? nic.SpeedMb : 0) + "Mbps",-9} {(up ? "Full" : "Half"),-6} {nic.Mac,-17} {mtu,-6} {ByteText.Of(nic.Description)}");
        }
    });

    public static Task<int> SwitchesAsync(HostCall call) => Listed(call, () =>
    {
        foreach (var vswitch in call.Host.VSwitches)
        {
            var uplinks = string.Join(',', vswitch.Active.Concat(vswitch.Standby));
            var machines = call.Estate.Machines.Where(machine => machine.Host == call.Host && machine.PowerState == "poweredOn").ToList();
            int Used(LabPortGroup group) => call.Host.Vmks.Count(vmk => vmk.PortGroup == group.Name) + machines.Sum(machine => machine.Nics.Count(nic => nic.Connected && nic.PortGroup == group.Name));
            var used = 1 + vswitch.Active.Count + vswitch.Standby.Count + vswitch.PortGroups.Sum(Used);
            call.Out.WriteLine($"{(vswitch.Distributed ? "DVS Name" : "Switch Name"),-16} Num Ports   Used Ports  Configured Ports  MTU     Uplinks   ");
            call.Out.WriteLine($"{ByteText.Of(vswitch.Name),-16} {(vswitch.Distributed ? 512 : 128),-11} {used,-11} {(vswitch.Distributed ? 512 : 128),-17} {vswitch.Mtu,-7} {uplinks}");
            call.Out.WriteLine("");
            if (vswitch.Distributed)
            {
                call.Out.WriteLine("  DVPort ID           In Use      Client      ");
                foreach (var (index, nic) in vswitch.Active.Concat(vswitch.Standby).Index())
                    call.Out.WriteLine($"  {index + 1,-19} 1           {nic}");
            }
            else
            {
                call.Out.WriteLine("  PortGroup Name        VLAN ID  Used Ports  Uplinks   ");
                foreach (var group in vswitch.PortGroups)
                    call.Out.WriteLine($"  {ByteText.Of(group.Name),-21} {group.Vlan,-8} {Used(group),-11} {uplinks}");
            }

            call.Out.WriteLine("");
        }
    });

    public static Task<int> VmkNicsAsync(HostCall call) => Listed(call, () =>
    {
        call.Out.WriteLine("Interface  Port Group/DVPort   IP Family IP Address                              Netmask         Broadcast       MAC Address       MTU     TSO MSS   Enabled Type                ");
        foreach (var vmk in call.Host.Vmks)
        {
            var address = vmk.Address.ToString();
            var broadcast = address[..(address.LastIndexOf('.') + 1)] + "255";
            call.Out.WriteLine($"{vmk.Device,-10} {ByteText.Of(vmk.PortGroup),-19} IPv4      {address,-39} {"255.255.255.0",-15} {broadcast,-15} {vmk.Mac,-17} 1500    65535     true    STATIC");
        }
    });

    /// <summary>A little of the tree it shows.</summary>
    public static Task<int> InfoAsync(HostCall call)
    {
        var host = call.Host;
        lock (call.Estate.Gate)
        {
            var text = new StringBuilder("+Host : \n   \\==+Hardware Info : \n");
            foreach (var (name, value) in ((string, string)[])
            [
                ("BIOS UUID", host.Uuid), ("Product Name", host.Model), ("Vendor Name", host.Vendor), ("Serial Number", host.Serial),
                ("Num Packages", host.Sockets.ToString(CultureInfo.InvariantCulture)), ("Num Cores", HostHardware.Cores(host).ToString(CultureInfo.InvariantCulture)),
                ("Physical Mem", host.MemoryBytes.ToString(CultureInfo.InvariantCulture) + " bytes"),
            ])
                text.Append($"      |----{name.PadRight(59, '.')}{value}\n");
            text.Append($"   \\==+System Info : \n      |----{"Product Version".PadRight(59, '.')}{host.Version}\n      |----{"Build".PadRight(59, '.')}{host.Build}\n");
            call.Out.Write(text.ToString());
        }

        return Task.FromResult(0);
    }

    /// <summary><c>-g /Disk/X</c> tells a setting, <c>-s VALUE /Disk/X</c> changes it, <c>-l</c> lists all.</summary>
    public static Task<int> SettingsAsync(HostCall call)
    {
        var words = call.Words;
        lock (call.Estate.Gate)
        {
            if (words is ["-l" or "--list"])
            {
                foreach (var (key, value) in call.Host.Options.OrderBy(option => option.Key, StringComparer.Ordinal))
                    call.Out.WriteLine($"/{key.Replace('.', '/')} [{(value is string ? "String" : "Integer")}] : {value}");
                return Task.FromResult(0);
            }

            var changes = words is ["-s" or "--set", _, _];
            if (!changes && words is not ["-g" or "--get", _])
            {
                call.Out.Write("Usage: esxcfg-advcfg <options> [<adv cfg Path>]\n   -g|--get   Get the value of the VMkernel advanced configuration option.\n   -s|--set <value>   Set the value of the VMkernel advanced configuration option.\n   -l|--list   List all options.\n");
                return Task.FromResult(1);
            }

            var path = words[^1];
            var name = path.Trim('/').Replace('/', '.');
            if (!call.Host.Options.TryGetValue(name, out var old))
            {
                call.Out.WriteLine($"Exception occured: Unable to find option {path[(path.LastIndexOf('/') + 1)..]}");
                return Task.FromResult(1);
            }

            if (changes)
            {
                if (old is long && !long.TryParse(words[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                {
                    call.Out.WriteLine($"Unable to set {words[1]}: it is not a number");
                    return Task.FromResult(1);
                }

                call.Host.Options[name] = old is long ? long.Parse(words[1], CultureInfo.InvariantCulture) : ByteText.Decode(words[1]);
                call.Estate.Touch(call.Host);
            }

            call.Out.WriteLine($"Value of {name[(name.LastIndexOf('.') + 1)..]} is {call.Host.Options[name]}");
        }

        return Task.FromResult(0);
    }

    /// <summary>Older versions write the function with two digits, 4.1 no segment.</summary>
    private static string Pci(LabHost host, LabPNic nic) => HostSettings.Major(host) switch
    {
        4 => nic.Pci[5..].Insert(6, "0"),
        5 => nic.Pci.Insert(11, "0"),
        _ => nic.Pci,
    };

    private static Task<int> Listed(HostCall call, Action list)
    {
        if (call.Words is not ["-l" or "--list"])
        {
            call.Out.Write($"Usage: {call.Name} <options>\n   -l|--list   Print what there is.\n");
            return Task.FromResult(1);
        }

        lock (call.Estate.Gate)
            list();
        return Task.FromResult(0);
    }
}
