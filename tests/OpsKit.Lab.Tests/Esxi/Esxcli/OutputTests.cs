using System.Text;
using OpsKit.Lab.Estate;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Esxi.Esxcli;

/// <summary>What every version prints, held to files.</summary>
public sealed class OutputTests
{
    private static readonly Dictionary<string, string[]> Lines = new(StringComparer.Ordinal)
    {
        ["system"] =
        [
            "system version get", "system hostname get", "system uuid get", "system time get", "system stats uptime get", "system boot device get", "system maintenanceMode get",
            "system settings advanced list -o /NFS/MaxVolumes", "system settings advanced list -t /Syslog", "system module get -m vmkernel", "hardware platform get", "hardware cpu global get", "hardware memory get",
        ],
        ["network"] =
        [
            "network connection list", "network ip connection list", "network ip connection list -t udp", "network ip interface list", "network ip interface ipv4 get", "network ip route ipv4 list",
            "network ip neighbor list", "network neighbor list", "network nic list", "network nic get -n vmnic0", "network nic stats get -n vmnic1", "network vswitch standard list",
            "network vswitch standard portgroup list", "network vswitch dvs vmware list", "network vm list",
        ],
        ["firewall"] =
        [
            "network firewall get", "network firewall ruleset list", "network firewall ruleset list -r remoteSerialPort", "network firewall ruleset rule list -r remoteSerialPort",
            "network firewall ruleset allowedip list",
        ],
        ["software"] =
        [
            "software acceptance get", "software vib list", "software vib get -n esx-base", "software profile get", "software profile get --rebooting-image", "software component list",
            "software vib signature verify",
        ],
        ["storage"] = ["storage core adapter list", "storage core device list", "storage filesystem list", "storage vmfs extent list", "storage nfs list"],
        ["machines"] = ["vms vm list", "vm process list"],
        ["help"] = ["", "software", "software vib", "software vib install --help", "network firewall ruleset", "system shutdown reboot --help"],
    };

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var (version, _) in EsxcliLab.Versions)
        {
            foreach (var group in Lines.Keys)
                data.Add(version, group);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Version_prints_what_it_always_printed(string version, string group)
    {
        using var lab = For(version);
        var text = new StringBuilder();
        foreach (var line in Lines[group])
            Append(text, lab, line);
        Golden.ShouldMatch(text.ToString(), $"{version}/{group}.txt");
    }

    [Theory]
    [InlineData("5.0.0", "xml")]
    [InlineData("5.0.0", "csv")]
    [InlineData("5.0.0", "keyvalue")]
    [InlineData("8.0.2", "xml")]
    [InlineData("8.0.2", "csv")]
    [InlineData("8.0.2", "keyvalue")]
    [InlineData("8.0.2", "json")]
    [InlineData("8.0.2", "python")]
    [InlineData("8.0.2", "html")]
    public void Formatter_writes_what_it_always_wrote(string version, string formatter)
    {
        using var lab = For(version);
        lab.Host.AllowedHosts["sshServer"] = ["127.9.0.0/16", "127.8.0.1"];
        lab.Put("/tmp/tool.vib", new TestVib("contoso-tool") { ContentSha256 = version[0] == '8', Level = "partner", Signature = [0x30] }.ToBytes());
        var text = new StringBuilder();
        foreach (var line in new[]
        {
            "system version get", "system stats uptime get", "software acceptance get", "network nic get -n vmnic0", "network firewall ruleset allowedip list -r sshServer", "storage filesystem list",
            "network firewall set -e true", "software vib install --dry-run -v /tmp/tool.vib", "software vib list --rebooting-image", "network nic get -n vmnic99",
        })
            Append(text, lab, $"--debug --formatter={formatter} {line}");
        Golden.ShouldMatch(text.ToString(), $"{version}/formatter-{formatter}.txt");
    }

    [Fact]
    public void Ports_of_a_machine_are_blocks_without_a_title()
    {
        using var lab = For("8.0.2");
        var machine = lab.Estate.Machines.First(machine => machine.Host == lab.Host && machine.PowerState == "poweredOn");
        machine.Nics.Add(new LabVNic { Key = 4001, Mac = "00:50:56:9f:00:01", PortGroup = "Management Network" });
        lab.Host.VSwitches[0].TeamingPolicy = "loadbalance_ip";
        var text = new StringBuilder();
        Append(text, lab, "network vm list");
        var world = lab.Ask("network vm list").Split('\n').First(line => line.Contains(machine.Name, StringComparison.Ordinal)).Split("  ", StringSplitOptions.RemoveEmptyEntries)[0].Trim();
        Append(text, lab, $"network vm port list -w {world}");
        lab.Host.VSwitches[0].Active.Clear();
        Append(text, lab, $"network vm port list -w {world}");
        Golden.ShouldMatch(text.ToString(), "8.0.2/vm-ports.txt");
    }

    [Fact]
    public void Flex_nics_are_functions_of_one_device_with_and_without_link()
    {
        using var lab = For("5.0.0");
        lab.Host.PNics[10].PassthroughEnabled = lab.Host.PNics[10].PassthroughActive = true;
        var text = new StringBuilder();
        Append(text, lab, "hardware pci list -c 0x0200");
        Golden.ShouldMatch(text.ToString(), "5.0.0/pci.txt");
        lab.Ask("network nic list").ShouldNotContain(lab.Host.PNics[10].Device + " ");
    }

    /// <summary>4.1 and 5.0 on the blades of the field notes, the others on newer ones.</summary>
    private static EsxcliLab For(string version) => version switch
    {
        "4.1.0" => new EsxcliLab(size: LabSize.Field, host: 7), "5.0.0" => new EsxcliLab(size: LabSize.Field), _ => new EsxcliLab(version),
    };

    private static void Append(StringBuilder text, EsxcliLab lab, string line)
    {
        var (exitCode, output) = lab.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        text.Append($"# esxcli {line}\n{output}{(exitCode == 0 ? "" : $"(exit code {exitCode})\n")}\n");
    }
}
