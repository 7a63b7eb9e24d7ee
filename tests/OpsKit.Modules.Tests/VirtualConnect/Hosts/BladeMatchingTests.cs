using OpsKit.Modules.VirtualConnect.Hosts;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.Tests.VirtualConnect.Hosts;

public sealed class BladeMatchingTests
{
    private static readonly BladeMatching Matching = new(Sample.Enclosure);

    [Fact]
    public void Host_is_found_by_any_of_its_addresses() => Matching.Match(["78:e3:b5:00:00:09", "00:17:a4:77:00:02"], null, false).ShouldBe((1, HostEvidence.MacAddress));

    [Fact]
    public void Host_without_a_known_address_is_found_by_its_UUID_or_serial_number()
    {
        Matching.Match([], new HostSystemInfo { Uuid = "39373634-3835-5A43-4A30-3030303041FF" }, false).ShouldBe((1, HostEvidence.Uuid));
        Matching.Match([], new HostSystemInfo { OtherIdentifyingInfo = [new HostSystemIdentificationInfo { IdentifierValue = "CZ3777AA01  ", IdentifierType = new ElementDescription { Key = "ServiceTag" } }] }, false)
            .ShouldBe((1, HostEvidence.Serial));
    }

    [Fact]
    public void Host_that_only_the_inventory_names_has_no_bay()
    {
        Matching.Match(["78:e3:b5:00:00:09"], null, named: true).ShouldBe(((int?)null, HostEvidence.Inventory));
        Matching.Match(["78:e3:b5:00:00:09"], null, named: false).ShouldBeNull();
    }

    [Fact]
    public void Module_is_known_by_the_port_map_else_by_a_neighbour_with_its_own_name()
    {
        Matching.ModuleOf("00:17:a4:77:00:02", null).ShouldBe(2);
        Matching.ModuleOf("78:e3:b5:00:00:09", "VCEFX3Q0000001A, d3").ShouldBe(1);
        Matching.ModuleOf("78:e3:b5:00:00:09", "vcd-1-bay1, d3").ShouldBeNull();
        Matching.ModuleOf("78:e3:b5:00:00:09", null).ShouldBeNull();
    }
}
