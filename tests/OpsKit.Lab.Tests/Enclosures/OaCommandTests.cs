using OpsKit.Lab.Enclosures.Oa;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Tests.Enclosures;

public sealed class OaCommandTests
{
    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);

    [Theory]
    [InlineData("SHOW FOO", "Invalid command.")]
    [InlineData("FOO", "Invalid command.")]
    [InlineData("RESET INTERCONNECT 1", "Invalid command.")]
    [InlineData("SHOW INTERCONNECT STATUS 9", "Invalid bay number: 9. Bays are numbered from 1 to 8.")]
    [InlineData("SHOW INTERCONNECT STATUS 2-1", "Invalid bay number: 2-1.")]
    [InlineData("SHOW SERVER INFO 0", "Invalid bay number: 0. Bays are numbered from 1 to 16.")]
    [InlineData("SHOW SERVER INFO 99999999999999999999", "Invalid bay list:")]
    [InlineData("SHOW SERVER STATUS 1,,2", "Invalid bay list: 1,,2")]
    [InlineData("RESTART INTERCONNECT", "Usage: RESTART INTERCONNECT { ALL")]
    [InlineData("RESTART INTERCONNECT x", "Usage: RESTART INTERCONNECT { ALL")]
    [InlineData("RESTART INTERCONNECT 3", "No interconnect module is installed in bay 3.")]
    [InlineData("RESET ILO 7", "No server blade is installed in bay 7.")]
    [InlineData("SHOW OA STATUS 3", "Usage: SHOW OA STATUS")]
    [InlineData("SLEEP -1", "Usage: SLEEP")]
    [InlineData("PING x", "Usage: PING")]
    [InlineData("CONNECT INTERCONNECT 1", "needs an interactive session")]
    public async Task What_is_wrong_is_said_and_nothing_is_changed(string command, string said)
    {
        await using var lab = new EnclosureLab();
        (await lab.AnswerAsync(command)).ShouldContain(said);
        lab.Enclosure.Interconnects.ShouldAllBe(module => module.State == LabModuleState.Forwarding);
    }

    [Theory]
    [InlineData("show interconnect list", "SHOW INTERCONNECT LIST")]
    [InlineData("Show  Interconnect   Status 1 , 2", "SHOW INTERCONNECT STATUS 1,2")]
    [InlineData("show server status 1-3", "SHOW SERVER STATUS 1,2,3")]
    [InlineData("show server status all", "SHOW SERVER STATUS")]
    public async Task Case_and_blanks_do_not_matter(string one, string other)
    {
        await using var lab = new EnclosureLab();
        (await lab.AnswerAsync(one)).ShouldBe(await lab.AnswerAsync(other));
    }

    [Fact]
    public async Task A_standby_tells_of_itself_and_refuses_the_rest()
    {
        await using var lab = new EnclosureLab();
        var standby = lab.Enclosure.Oas[1].Address;
        (await lab.ExecAsync("SHOW OA STATUS", standby)).ShouldContain("Role:   Standby");
        (await lab.ExecAsync("SHOW OA STATUS 2", standby)).ShouldContain("Role:   Standby");
        foreach (var command in (string[])["SHOW OA STATUS ALL", "SHOW INTERCONNECT LIST", "RESTART INTERCONNECT 1", "FORCE TAKEOVER", "SHOW ALL"])
            (await lab.ExecAsync(command, standby)).ShouldContain(OaInterpreter.StandbyRefusal);
        lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_user_who_may_only_look_changes_nothing()
    {
        await using var lab = new EnclosureLab();
        var user = lab.Enclosure.Accounts[1];
        (await lab.AnswerAsync("SHOW INTERCONNECT LIST", user)).ShouldContain("Totals: 2");
        foreach (var command in OaCommands.All.Where(command => command.Kind == OpsKit.Vim25.OperationKind.Change && OaCommands.Exists(command, lab.Enclosure)))
            (await lab.AnswerAsync($"{command.Words} 1", user)).ShouldContain("requires administrator or operator privileges", customMessage: command.Words);
        lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restarting_module_is_seen_late_by_its_missing_address_and_version_alone()
    {
        await using var lab = new EnclosureLab();
        lab.Module(2).StagedFirmware = "3.51";
        (await lab.AnswerAsync("RESTART INTERCONNECT 2")).ShouldContain("Resetting Interconnect tray in bay 2");
        (await lab.AnswerAsync("SHOW INTERCONNECT INFO 2")).ShouldContain("Firmware Version: 3.18");

        lab.Real.Advance(NetworkTimes.OaLag + Moment);
        (await lab.AnswerAsync("SHOW INTERCONNECT INFO 2")).ShouldNotContain("Firmware Version:");
        (await lab.AnswerAsync("SHOW INTERCONNECT LIST")).ShouldContain("  2 Ethernet          HP                   On      OK        Off 0.0.0.0\n");
        (await lab.AnswerAsync("SHOW INTERCONNECT STATUS 2")).ShouldContain("\tStatus: OK\n");

        lab.Real.Advance(Boot + Moment);
        (await lab.AnswerAsync("SHOW INTERCONNECT INFO 2")).ShouldContain("Firmware Version: 3.51\n");
        (await lab.AnswerAsync("SHOW SYSLOG OA")).ShouldContain("Interconnect tray in bay 2 was reset by Administrator.");
    }

    [Fact]
    public async Task A_module_that_does_not_come_back_is_shown_as_failed()
    {
        await using var lab = new EnclosureLab();
        lab.Faults.Add(new Fault(FaultKind.ModuleStaysDown) { Endpoint = "enc1", Times = 1 });
        await lab.ExecAsync("RESTART INTERCONNECT 1");
        lab.Real.Advance(TimeSpan.FromMinutes(6));
        (await lab.AnswerAsync("SHOW INTERCONNECT STATUS 1")).ShouldContain("\tStatus: Failed\n");
        (await lab.AnswerAsync("SHOW INTERCONNECT LIST")).ShouldContain("  1 Ethernet          HP                   On      Failed    Off 0.0.0.0\n");
    }

    [Fact]
    public async Task Power_of_a_module_goes_off_and_on()
    {
        await using var lab = new EnclosureLab();
        (await lab.AnswerAsync("POWEROFF INTERCONNECT 2")).ShouldContain("Powering off interconnect module in bay 2.");
        (await lab.AnswerAsync("POWEROFF INTERCONNECT 2")).ShouldContain("already powered off");
        (await lab.AnswerAsync("RESTART INTERCONNECT 2")).ShouldContain("is powered off.");
        lab.Real.Advance(NetworkTimes.OaLag + Moment);
        (await lab.AnswerAsync("SHOW INTERCONNECT STATUS 2")).ShouldContain("\tPowered: Off\n");
        await lab.ExecAsync("POWERON INTERCONNECT 2");
        lab.Real.Advance(Boot + NetworkTimes.OaLag + Moment);
        (await lab.AnswerAsync("SHOW INTERCONNECT LIST")).ShouldContain("2 powered on.");
    }

    [Fact]
    public async Task Reset_interconnect_is_an_e_fuse_where_the_firmware_has_it()
    {
        await using var lab = new EnclosureLab();
        lab.Enclosure.KnowsResetInterconnect = true;
        (await lab.AnswerAsync("RESET INTERCONNECT 1")).ShouldContain("Successfully reset the E-Fuse for interconnect bay 1.");
        lab.Module(1).State.ShouldBe(LabModuleState.LinksDown);
    }

    [Fact]
    public async Task A_blade_is_rebooted_cut_off_and_switched_on()
    {
        await using var lab = new EnclosureLab();
        var blade = lab.Host(1);
        (await lab.AnswerAsync("POWERON SERVER 1")).ShouldContain("already powered on");
        (await lab.AnswerAsync("POWEROFF SERVER 1 FORCE")).ShouldContain("Blade 1 is powering down.");
        blade.PoweredOn.ShouldBeFalse();
        (await lab.AnswerAsync("SHOW SERVER NAMES")).ShouldContain("Totals: 6 server blades installed, 5 powered on.");
        (await lab.AnswerAsync("REBOOT SERVER 1 FORCE")).ShouldContain("currently powered off");
        lab.Real.Advance(TimeSpan.FromSeconds(15));
        await lab.AdvanceUntilAsync(() => !blade.Restarting);

        (await lab.AnswerAsync("POWERON SERVER 1")).ShouldContain("Powering on blade 1.");
        await lab.AdvanceUntilAsync(() => blade is { PoweredOn: true, Restarting: false });
        (await lab.AnswerAsync("RESET SERVER 1")).ShouldContain("Successfully reset the E-Fuse for device bay 1.");
        blade.PoweredOn.ShouldBeFalse();
        await lab.AdvanceUntilAsync(() => blade is { PoweredOn: true, Restarting: false });
    }

    [Fact]
    public async Task An_ilo_reset_gives_a_blade_its_profile()
    {
        await using var lab = new EnclosureLab();
        var blade = lab.Host(9);
        blade.LacksProfile.ShouldBeTrue("so the estate of the field notes has it");
        var oa = blade.Enclosure!.Oas[0].Address;
        (await lab.ExecAsync("SHOW SERVER INFO 3", oa, blade.Enclosure.Accounts[0])).ShouldContain(blade.PNics[0].FactoryMac.ToUpperInvariant());

        (await lab.ExecAsync("RESET ILO 3", oa, blade.Enclosure.Accounts[0])).ShouldContain("Successfully reset iLO through IPMI");
        lab.Network.IsReachable(blade.IloAddress!).ShouldBeFalse();
        await lab.AdvanceUntilAsync(() => !blade.LacksProfile);
        lab.Network.IsReachable(blade.IloAddress!).ShouldBeTrue();
        (await lab.ExecAsync("SHOW SERVER INFO 3", oa, blade.Enclosure.Accounts[0])).ShouldContain(blade.PNics[0].ProfileMac.ToUpperInvariant());
    }

    [Fact]
    public async Task Ribcl_in_a_heredoc_resets_an_ilo()
    {
        await using var lab = new EnclosureLab();
        var answer = await lab.ExecAsync("HPONCFG 1 << end_marker\n<RIBCL VERSION=\"2.0\"><LOGIN USER_LOGIN=\"a\" PASSWORD=\"secret\"><RIB_INFO MODE=\"write\"><RESET_RIB/></RIB_INFO></LOGIN></RIBCL>\nend_marker");
        answer.ShouldContain("END RIBCL RESULTS");
        answer.ShouldContain("Integrated Lights-Out will reset at the end of the script.");
        lab.Network.IsReachable(lab.Host(1).IloAddress!).ShouldBeFalse();
        lab.Log.All.ShouldAllBe(operation => !operation.Summary.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ping_tells_what_the_network_does()
    {
        await using var lab = new EnclosureLab(speed: 1000);
        (await lab.AnswerAsync($"PING 1 {lab.Host(1).Address}")).ShouldContain("1 packets transmitted, 1 packets received, 0% packet loss");
        foreach (var module in lab.Enclosure.Interconnects)
            lab.Network.Reset(lab.Enclosure, module);
        (await lab.AnswerAsync($"PING 1 {lab.Host(1).Address}")).ShouldContain("100% packet loss");
    }
}
