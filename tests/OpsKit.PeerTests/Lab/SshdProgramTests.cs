using OpsKit.TestKit;

namespace OpsKit.PeerTests.Lab;

public sealed class SshdProgramTests
{
    [Theory]
    [InlineData("KILL")]
    [InlineData("INT")]
    public async Task Lab_that_ends_leaves_nothing_running(string signal)
    {
        using var lab = await LabProgram.StartAsync();
        using var shell = new SshDialogue(["-F", lab.SshConfig, "-tt", "enc1"]);
        await shell.ReadUntilAsync("> ");
        using var silent = new SshDialogue(["-F", lab.SshConfig, "-N", "enc1"]);
        await Eventually.TrueAsync(async () => (await lab.ChildrenAsync()).Count >= 5, "sshd for both, and a bridge");
        var children = await lab.ChildrenAsync();

        await lab.SignalAsync(signal);
        await lab.EndAsync();

        await Eventually.TrueAsync(() => !children.Any(child => Directory.Exists($"/proc/{child}")), "all of its children have ended");
        (await shell.EndAsync()).ShouldBe(255);
        (await silent.EndAsync()).ShouldBe(255);
    }

    [Theory]
    [InlineData("gid=5,mode=620", true)]
    [InlineData("mode=600", false)]
    public async Task User_without_privileges_serves_and_is_served(string terminals, bool given)
    {
        await using var user = await SshUser.CreateAsync();
        using var lab = await LabProgram.StartAsync(user.Name, terminals);
        string[] ssh = ["-u", user.Name, "--", "ssh", "-F", lab.SshConfig];

        var command = await Shell.TryAsync("runuser", [.. ssh, "enc1", "SHOW OA STATUS"]);
        command.Error.ShouldBe("");
        command.Output.ShouldContain("Active");

        var shell = await Shell.RunWithInputAsync("SHOW OA STATUS\rEXIT\r", "runuser", [.. ssh, given ? "-tt" : "-T", "enc1"]);
        shell.ShouldContain("Active");
        (await Shell.TryAsync("runuser", [.. ssh, "-tt", "enc1", "SHOW OA STATUS"])).Error.Contains("PTY allocation request failed", StringComparison.Ordinal).ShouldBe(!given);
        lab.Said.Contains("without a terminal", StringComparison.Ordinal).ShouldBe(!given);
    }

    [Fact]
    public async Task Host_runs_a_script_sent_with_its_mode_and_shows_its_datastores()
    {
        using var lab = await LabProgram.StartAsync();
        var script = Path.Combine(Path.GetDirectoryName(lab.SshConfig)!, "script.sh");
        await File.WriteAllTextAsync(script, "echo ran on $(hostname)\n", TestContext.Current.CancellationToken);
        await Shell.RunAsync("chmod", "750", script);

        await Shell.RunAsync("scp", "-s", "-q", "-p", "-F", lab.SshConfig, script, "esx01:/vmfs/volumes/ds01/script.sh");

        (await Shell.RunAsync("ssh", "-F", lab.SshConfig, "esx01", "/vmfs/volumes/ds01/script.sh; ls -l /vmfs/volumes/ds01/script.sh")).ShouldMatch("^ran on esx01[^\n]*\n-rwxr-x---");
        (await Shell.RunAsync("ssh", "-F", lab.SshConfig, "esx02", "cat /vmfs/volumes/ds01/script.sh")).ShouldStartWith("echo ran");
        var folder = await Shell.TryAsync("/bin/sh", "-c", $"echo 'rmdir /vmfs/volumes/ds01' | sftp -b - -F {lab.SshConfig} esx01");
        folder.Error.ShouldContain("Failure");
    }
}
