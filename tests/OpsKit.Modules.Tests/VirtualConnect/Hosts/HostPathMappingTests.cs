using OpsKit.Modules.VirtualConnect.Hosts;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.Tests.VirtualConnect.Hosts;

public sealed class HostPathMappingTests
{
    private const string Uuid = "50 3c 9d 2f";

    private static readonly HostNetworkInfo Network = new()
    {
        Pnic = [Nic("vmnic0"), Nic("vmnic1"), Nic("vmnic2"), Nic("vmnic3")],
        Vswitch = [new HostVirtualSwitch { Name = "vSwitch0", Key = "vs0", Pnic = ["key-vmnic0", "key-vmnic1"] }],
        Portgroup =
        [
            new HostPortGroup
            {
                Vswitch = "vs0",
                Spec = new HostPortGroupSpec { Name = "Management Network", VswitchName = "vSwitch0" },
                ComputedPolicy = new HostNetworkPolicy { NicTeaming = new HostNicTeamingPolicy { Policy = "failover_explicit", NotifySwitches = false, NicOrder = new HostNicOrderPolicy { ActiveNic = ["vmnic0"] } } },
            },
            new HostPortGroup { Vswitch = "vs0", Spec = new HostPortGroupSpec { Name = "Idle", VswitchName = "vSwitch0" } },
        ],
        Vnic = [new HostVirtualNic { Device = "vmk0", Portgroup = "Management Network", Spec = new HostVirtualNicSpec { Ip = new HostIpConfig { IpAddress = "192.0.2.21" } } }],
        ProxySwitch =
        [
            new HostProxySwitch
            {
                DvsUuid = Uuid,
                DvsName = "dvs1",
                Pnic = ["key-vmnic2", "key-vmnic3"],
                UplinkPort = [new KeyValue { Key = "10", Value = "Uplink 1" }, new KeyValue { Key = "11", Value = "Uplink 2" }],
                Spec = new HostProxySwitchSpec
                {
                    Backing = new DistributedVirtualSwitchHostMemberPnicBacking
                    {
                        PnicSpec = [new DistributedVirtualSwitchHostMemberPnicSpec { PnicDevice = "vmnic3", UplinkPortKey = "10" }, new DistributedVirtualSwitchHostMemberPnicSpec { PnicDevice = "vmnic2", UplinkPortKey = "11" }],
                    },
                },
            },
        ],
    };

    [Fact]
    public void Port_groups_in_use_have_the_uplinks_their_policy_names()
    {
        var groups = new Dictionary<string, DistributedGroup> { ["dvportgroup-7"] = new(Group("Server-110", ["Uplink 1"], ["Uplink 2"]), Uuid), ["dvportgroup-8"] = new(Group("Quiet", ["Uplink 1"], []), Uuid) };

        var paths = HostPathMapping.Paths(Network, groups, ["dvportgroup-7", "dvportgroup-7"]);

        paths.Select(path => $"{path.Switch}/{path.PortGroup} {path.Carries}: {path.Policy} {string.Join(' ', path.Active)} | {string.Join(' ', path.Standby)} | {string.Join(' ', path.Unused)}").ShouldBe(
        [
            "vSwitch0/Management Network vmk0: failover_explicit vmnic0 |  | vmnic1",
            "dvs1/Server-110 2 VMs: loadbalance_loadbased vmnic3 | vmnic2 | ",
        ]);
        paths[0].NotifiesSwitches.ShouldBe(false);
    }

    [Fact]
    public void Uplinks_that_are_no_NIC_of_the_host_count_for_nothing()
    {
        var groups = new Dictionary<string, DistributedGroup> { ["dvportgroup-7"] = new(Group("Server-110", ["lag1"], []), Uuid) };
        HostPathMapping.Paths(Network, groups, ["dvportgroup-7"])[^1].Active.ShouldBeEmpty();
    }

    private static PhysicalNic Nic(string device) => new() { Device = device, Key = "key-" + device };

    private static DVPortgroupConfigInfo Group(string name, string[] active, string[] standby) => new()
    {
        Name = name,
        DefaultPortConfig = new VMwareDVSPortSetting
        {
            UplinkTeamingPolicy = new VmwareUplinkPortTeamingPolicy
            {
                Policy = new StringPolicy { Value = "loadbalance_loadbased" },
                UplinkPortOrder = new VMwareUplinkPortOrderPolicy { ActiveUplinkPort = active, StandbyUplinkPort = standby },
            },
        },
    };
}
