using OpsKit.Connections;
using OpsKit.Connections.Enclosures;
using OpsKit.Connections.Inventory;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.VirtualConnect;

public sealed class EnclosureReaderTests
{
    [Theory]
    [InlineData(nameof(LabSize.Small), true, true)]
    [InlineData(nameof(LabSize.Small), false, false)]
    [InlineData(nameof(LabSize.Field), true, true)]
    [InlineData(nameof(LabSize.Field), false, true)]
    public async Task Enclosure_is_read_alike_in_exec_and_shell_mode_with_and_without_xmldata(string size, bool xml, bool exec)
    {
        await using var lab = await ServedLab.StartAsync(Enum.Parse<LabSize>(size));
        (lab.Enclosure.XmlReply, lab.Enclosure.ExecShowsPrompts) = (xml, exec);
        (lab.Enclosure.ShowsLoginBanner, lab.Enclosure.LoginBanner) = (true, "Authorised use only> do not enter\nAll is logged.");
        var state = await EnclosureReader.ReadAsync(lab.Doors(), lab.Enclosure.Name, ServedLab.Token);

        state.Administrators.Select(oa => (oa.Bay, oa.Name, oa.Role, oa.Firmware, oa.FirmwareMismatch))
            .ShouldBe(lab.Enclosure.Oas.Select(oa => (oa.Bay, (string?)oa.Name, (string?)(oa.Active ? "Active" : "Standby"), (string?)lab.Enclosure.OaFirmware, (string?)"OK")));
        state.Modules.Select(module => (module.Bay, module.Product, module.Firmware, module.Health, module.Power, module.Address, module.IsPrimary))
            .ShouldBe(lab.Enclosure.Interconnects.Select(module => (module.Bay, module.ProductName, (string?)module.Firmware, "OK", "On", (string?)module.Address.ToString(), module.IsPrimary)));
        state.Modules.ShouldAllBe(module => module.IsHealthy && module.IsVirtualConnect && module.IsEthernet);
        state.Primary.ShouldNotBeNull();
        state.VirtualConnect.Domain.ShouldBe(lab.Enclosure.VcDomain);
        var blades = lab.Estate.Hosts.Where(host => host.Enclosure == lab.Enclosure).ToList();
        state.Blades.Select(blade => (blade.Bay, blade.Serial, blade.Uuid)).ShouldBe(blades.Select(blade => (blade.Bay, (string?)blade.Serial, (string?)blade.Uuid.ToLowerInvariant())));
        state.Ports.ShouldNotBeNull().Select(port => port.Mac).Order().ShouldBe(blades.SelectMany(blade => blade.PNics).Select(nic => (string?)nic.Mac.ToLowerInvariant()).Order());
        state.Contradictions.ShouldBeEmpty();
        if (xml)
            state.Notes.ShouldBeEmpty();
        else
            state.Notes.ShouldHaveSingleItem().ShouldStartWith("xmldata was not read: HTTP 404");
        lab.Server.Log.Changes.ShouldBeEmpty("reading changes nothing");
    }

    [Fact]
    public async Task The_active_one_is_found_where_the_inventory_names_the_standby_first()
    {
        await using var lab = await ServedLab.StartAsync();
        var doors = lab.Doors(enclosure => enclosure with { Address = enclosure.StandbyAddress!, StandbyAddress = enclosure.Address });
        (await doors.Enclosure("enc1").ActiveAddressAsync(ServedLab.Token)).ShouldBe(lab.Enclosure.Oas[0].Address.ToString());
        (await EnclosureReader.ReadAsync(doors, "enc1", ServedLab.Token)).Administrators[0].IsActive.ShouldBeTrue();
    }

    [Fact]
    public async Task A_standby_alone_says_what_is_missing()
    {
        await using var lab = await ServedLab.StartAsync();
        var doors = lab.Doors(enclosure => enclosure with { Address = enclosure.StandbyAddress!, StandbyAddress = null });
        var failure = await Should.ThrowAsync<OpsKitException>(() => EnclosureReader.ReadAsync(doors, "enc1", ServedLab.Token));
        failure.Kind.ShouldBe(FailureKind.Unreachable);
        failure.What.ShouldContain("is standby");
        failure.Next.ShouldBe("add the other one's address to it in the inventory: standby: ADDRESS");
    }

    [Fact]
    public async Task Roles_that_change_hands_are_followed_and_a_look_says_so_meanwhile()
    {
        await using var lab = await ServedLab.StartAsync(speed: 60);
        var doors = lab.Doors();
        (await ModuleReader.LookAsync(doors, "enc1", 2, ServedLab.Token)).Module.ShouldNotBeNull().Firmware.ShouldBe(lab.Enclosure.Interconnects[1].Firmware);

        lock (lab.Estate.Gate)
            lab.Enclosure.Oas[0].Active = false;
        var nobody = await ModuleReader.LookAsync(doors, "enc1", 2, ServedLab.Token);
        nobody.Module.ShouldBeNull();
        nobody.WhyNot.ShouldNotBeNull().ShouldContain("no active Onboard Administrator");

        lock (lab.Estate.Gate)
            lab.Enclosure.Oas[1].Active = true;
        (await ModuleReader.LookAsync(doors, "enc1", 2, ServedLab.Token)).Module.ShouldNotBeNull().Bay.ShouldBe(2);
        (await doors.Enclosure("enc1").ActiveAddressAsync(ServedLab.Token)).ShouldBe(lab.Enclosure.Oas[1].Address.ToString());
    }

    [Theory]
    [InlineData(nameof(FaultKind.Cut))]
    [InlineData(nameof(FaultKind.Garbled))]
    public async Task An_answer_that_breaks_off_or_is_garbled_is_not_guessed_from(string kind)
    {
        await using var lab = await ServedLab.StartAsync();
        var doors = lab.Doors();
        await EnclosureReader.ReadAsync(doors, "enc1", ServedLab.Token);
        lab.Server.Faults.Add(new Fault(Enum.Parse<FaultKind>(kind)) { Operation = "SHOW INTERCONNECT STATUS*" });

        var failure = await Should.ThrowAsync<OpsKitException>(() => EnclosureReader.ReadAsync(doors, "enc1", ServedLab.Token));
        (failure.Unreadable || failure.Kind == FailureKind.Unreachable).ShouldBeTrue(failure.Message);
    }
}
