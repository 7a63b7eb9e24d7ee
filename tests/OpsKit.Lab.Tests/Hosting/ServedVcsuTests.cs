using System.Text.RegularExpressions;
using OpsKit.Cli.Terminals;
using OpsKit.Connections.Platform;
using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Hosting;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Hosting;

public sealed partial class ServedVcsuTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-lab-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Health_report_update_and_backup_look_as_operators_know_them()
    {
        await using var lab = await StartAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "vcfw498.bin"), "firmware", Token);
        var text = "";
        foreach (var action in (string[][])[["healthcheck"], ["version"], ["report", "-l", "vcfw498.bin"], ["update", "-l", "vcfw498.bin", "-q", "-oe", "manual", "-of", "manual"], ["configbackup"]])
        {
            var (output, exitCode) = await RunAsync(lab, "", ["-a", action[0], .. Logins(lab), .. action[1..]]);
            exitCode.ShouldBe(0, output);
            text += $"=== {string.Join(' ', action)}\n{output}\n";
        }

        Golden.ShouldMatch(Dots.Replace(text, "…"), "vcsu.txt");
        lab.Estate.Enclosures[0].Interconnects.ShouldAllBe(module => module.StagedFirmware == "4.98");
        File.ReadAllText(Path.Combine(_folder.FullName, "vcConfig_vcd-enc1.txt")).ShouldContain("Domain Name");
    }

    [GeneratedRegex(@"\.{5,}")]
    private static partial Regex Dots { get; }

    [Theory]
    [InlineData("YES\n", 0, "4.98")]
    [InlineData("yes\n", 0, "4.98")]
    [InlineData("y\n", 1, null)]
    [InlineData("", 1, null)]
    public async Task Without_q_the_update_is_asked_about(string typed, int expected, string? staged)
    {
        await using var lab = await StartAsync();
        var (output, exitCode) = await RunAsync(lab, typed, ["-a", "update", .. Logins(lab), "-l", "http://127.0.0.1/vcfw498.bin", "-oe", "manual"]);
        output.ShouldContain("Would you like to continue with this update? [YES/NO]:");
        exitCode.ShouldBe(expected);
        lab.Estate.Enclosures[0].Interconnects.ShouldAllBe(module => module.StagedFirmware == staged);
        Regex.Count(output, "Target configuration").ShouldBe(1);
    }

    [Fact]
    public async Task Logins_that_are_left_out_are_asked_for_unless_q_forbids_it()
    {
        await using var lab = await StartAsync();
        var password = lab.Estate.Enclosures[0].Accounts[0].Password;
        (await RunAsync(lab, $"127.30.1.1\nAdministrator\n{password}\n", ["-a", "version"])).ExitCode.ShouldBe(0);
        var (output, exitCode) = await RunAsync(lab, "", ["-a", "version", "-q"]);
        exitCode.ShouldBe(1);
        output.ShouldContain("ERROR: Option -i is required");
    }

    [Fact]
    public async Task A_package_that_is_not_there_and_a_lab_that_is_not_there_are_errors()
    {
        await using var lab = await StartAsync();
        (await RunAsync(lab, "", ["-a", "update", .. Logins(lab), "-l", "vcfw498.bin", "-q"])).Output.ShouldContain("ERROR: The firmware package cannot be found");
        var here = JumpHost.From(new Dictionary<string, string>(), _folder.FullName, _folder.FullName, windows: false);
        await using var output = new StringWriter();
        (await VcsuProgram.RunAsync([VcsuProgram.LabOption, "nowhere", "-a", "version", .. Logins(lab)], here, TerminalOf(output, ""), Token)).ShouldBe(1);
        output.ToString().ShouldContain("ERROR: ");
    }

    [Fact]
    public async Task The_script_in_the_lab_s_folder_is_the_utility()
    {
        await using var lab = await StartAsync();
        var result = await RunScriptAsync(lab, ["-a", "version", .. Logins(lab)]);
        result.ExitCode.ShouldBe(0, result.Output + result.Error);
        result.Output.ShouldContain("HP VC FlexFabric-20/40 F8 Module");
        (await RunScriptAsync(lab, ["-a", "nothing"])).ExitCode.ShouldBe(1);
    }

    private static Task<ProcessResult> RunScriptAsync(LabServer lab, string[] arguments) => new ProcessRunner(TimeProvider.System).RunAsync(
        new ProcessRequest { FileName = Path.Combine(lab.Folder, VcsuScript.Name), Arguments = arguments, Timeout = TimeSpan.FromMinutes(1) }, Token);

    private Task<LabServer> StartAsync() => LabServer.StartAsync(new LabOptions { Folder = Path.Combine(_folder.FullName, "lab"), Size = LabSize.Small, Speed = 6000 }, Token);

    private static string[] Logins(LabServer lab)
    {
        var account = lab.Estate.Enclosures[0].Accounts[0];
        return ["-i", "127.30.1.1", "-u", account.User, "-p", account.Password, "-vcu", account.User, "-vcp", account.Password];
    }

    private async Task<(string Output, int ExitCode)> RunAsync(LabServer lab, string typed, string[] arguments)
    {
        await using var output = new StringWriter();
        var here = JumpHost.From(new Dictionary<string, string>(), _folder.FullName, _folder.FullName, windows: false);
        var exitCode = await VcsuProgram.RunAsync([VcsuProgram.LabOption, lab.Folder, .. arguments], here, TerminalOf(output, typed), Token);
        return (output.ToString(), exitCode);
    }

    private static Terminal TerminalOf(TextWriter output, string typed) => new(output, output, new StringReader(typed), new TerminalStreams(false, false, false, int.MaxValue));
}
