using OpsKit.Cli.Commands.About;
using OpsKit.Lab.Enclosures.Oa;
using OpsKit.Lab.Estate;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Enclosures;

public sealed class OaFormatTests
{
    private static readonly string[] Commands =
    [
        "SHOW INTERCONNECT STATUS ALL", "SHOW INTERCONNECT INFO ALL", "SHOW INTERCONNECT LIST", "SHOW INTERCONNECT PORT MAP 1", "SHOW OA STATUS ALL", "SHOW OA INFO", "SHOW OA NETWORK ACTIVE",
        "SHOW ENCLOSURE INFO", "SHOW ENCLOSURE STATUS", "SHOW ENCLOSURE TEMP", "SHOW SERVER NAMES", "SHOW SERVER LIST", "SHOW SERVER STATUS 1,9,16", "SHOW SERVER INFO 1,8-9", "SHOW SERVER PORT MAP 1",
        "SHOW FIRMWARE SUMMARY", "SHOW FIRMWARE SUMMARY CSV", "SHOW VCMODE", "SHOW TOPOLOGY", "SHOW DATE", "SHOW RACK NAME", "SHOW SYSLOG OA", "SHOW CONFIG",
    ];

    [Theory]
    [InlineData("Field", "oa-3.32.txt")]
    [InlineData("Small", "oa-4.80.txt")]
    public async Task Queries_look_as_those_of_their_firmware_generation_do(string size, string golden)
    {
        await using var lab = new EnclosureLab(Enum.Parse<LabSize>(size));
        var text = "";
        foreach (var command in Commands)
            text += $"=== {command}\n{await lab.AnswerAsync(command)}\n";
        Golden.ShouldMatch(text, golden);
    }

    [Fact]
    public async Task An_exec_channel_gives_banner_echo_answer_prompt_and_the_command_again()
    {
        await using var lab = new EnclosureLab(LabSize.Small);
        Golden.ShouldMatch(await lab.ExecAsync("SHOW OA STATUS"), "oa-exec.txt");
    }

    [Fact]
    public async Task Every_command_answers_and_is_told_by_help()
    {
        await using var lab = new EnclosureLab();
        var help = await lab.AnswerAsync("HELP");
        foreach (var command in OaCommands.All.Where(command => command.Show is not null && command.Words is not ("EXIT" or "LOGOUT" or "QUIT")))
        {
            help.ShouldContain($"\t{command.Words}\n");
            var answer = await lab.AnswerAsync(command.Words);
            (answer.Trim().Length > 0 || command.Words == "SET SCRIPT MODE").ShouldBeTrue(command.Words);
            answer.ShouldNotContain("Invalid command", customMessage: command.Words);
            (await lab.AnswerAsync($"HELP {command.Words}")).ShouldContain(command.Summary);
        }
    }

    [Fact]
    public async Task The_console_s_own_parser_reads_it()
    {
        await using var lab = new EnclosureLab();
        var facts = OnboardAdministratorInfo.Parse("enc1", await lab.ExecAsync(OnboardAdministratorInfo.Command)).ShouldNotBeNull();
        facts.Product.ShouldBe("BladeSystem c7000 DDR2 Onboard Administrator with KVM");
        facts.Version.ShouldBe("3.32");
        facts.Build.ShouldBe("Aug 18 2011");
    }

    [Fact]
    public async Task Show_all_is_made_of_sections_that_begin_with_prompt_and_command()
    {
        await using var lab = new EnclosureLab();
        var all = await lab.AnswerAsync("SHOW ALL");
        var prompt = $"\n{lab.Enclosure.Oas[0].Name} [SCRIPT MODE]> ";
        all.ShouldContain($"{prompt}SHOW SERVER INFO ALL\n");
        all.ShouldContain($"{prompt}SHOW INTERCONNECT STATUS ALL\n{(await lab.AnswerAsync("SHOW INTERCONNECT STATUS ALL"))[1..]}".TrimEnd());
    }

    [Fact]
    public async Task The_first_address_in_the_mode_of_virtual_connect_is_the_primary_module_s()
    {
        await using var lab = new EnclosureLab();
        (await lab.AnswerAsync("SHOW VCMODE")).ShouldContain("127.30.1.11");
        lab.Network.Reset(lab.Enclosure, lab.Module(1));
        (await lab.AnswerAsync("SHOW VCMODE")).ShouldContain("127.30.1.12");
    }

    [Fact]
    public async Task A_login_banner_comes_before_everything()
    {
        await using var lab = new EnclosureLab();
        await lab.ExecAsync("SET LOGIN_BANNER_TEXT \"Authorized use only.\\nLeave.\"");
        await lab.ExecAsync("ENABLE LOGIN_BANNER");
        (await lab.ExecAsync("SHOW DATE")).ShouldStartWith("Authorized use only.\nLeave.\n\nHP BladeSystem Onboard Administrator\n");
        await lab.ExecAsync("DISABLE LOGIN_BANNER");
        (await lab.ExecAsync("SHOW DATE")).ShouldStartWith("HP BladeSystem Onboard Administrator\n(C) Copyright 2006-2011 Hewlett-Packard Development Company, L.P.\n\n");
    }
}
