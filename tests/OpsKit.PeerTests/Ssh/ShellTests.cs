using System.Text.RegularExpressions;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Ssh;

/// <summary>A shell with a device's prompt: sshd runs a small program in place of the login shell.</summary>
public sealed partial class ShellTests(SshPeer peer) : IClassFixture<SshPeer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_come_without_echo_and_prompt()
    {
        await using var server = await StartDeviceAsync();
        await using var session = await peer.OpenAsync(server.Port);
        await using var shell = await session.OpenShellAsync(new SshShellOptions { Prompt = Prompt(), Settle = TimeSpan.FromSeconds(1) }, Token);

        shell.Greeting.ShouldContain("WARNING: authorised use only");
        (await shell.AskAsync("show version", Token)).ShouldBe("Firmware Ver. : 4.85\n");
        (await shell.AskAsync("show looks like oa01> prompt", Token)).ShouldBe("oa01> \nmore\n");
    }

    [Fact]
    public async Task Question_is_answered_by_what_it_asks()
    {
        await using var server = await StartDeviceAsync();
        await using var session = await peer.OpenAsync(server.Port);
        await using var shell = await session.OpenShellAsync(new SshShellOptions { Prompt = Prompt() }, Token);

        var asked = await shell.SendAsync("reset interconnect 1", [Prompt(), Confirm()], null, Token);
        asked.Which.ShouldBe(1);
        asked.Output.ShouldContain("will reset");
        (await shell.AskAsync("YES", Token)).ShouldBe("Successfully reset\n");
    }

    [Fact]
    public async Task Prompt_that_never_comes_is_told_with_the_last_line()
    {
        await using var server = await StartDeviceAsync();
        await using var session = await peer.OpenAsync(server.Port);
        await using var shell = await session.OpenShellAsync(new SshShellOptions { Prompt = Prompt(), Timeout = TimeSpan.FromSeconds(2) }, Token);

        var late = await Should.ThrowAsync<OpsKitException>(() => shell.SendAsync("reset interconnect 1", [Prompt()], null, Token));

        late.OutcomeUnknown.ShouldBeTrue();
        late.Message.ShouldContain("Are you sure");
    }

    [Fact]
    public async Task Device_that_hangs_up_is_told()
    {
        await using var server = await StartDeviceAsync();
        await using var session = await peer.OpenAsync(server.Port);
        await using var shell = await session.OpenShellAsync(new SshShellOptions { Prompt = Prompt() }, Token);

        var lost = await Should.ThrowAsync<OpsKitException>(() => shell.AskAsync("exit", Token));

        lost.Kind.ShouldBe(FailureKind.Unreachable);
        lost.OutcomeUnknown.ShouldBeTrue();
    }

    [GeneratedRegex(@"^oa01( \[SCRIPT MODE\])?> \z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prompt();

    [GeneratedRegex(@"\(YES/NO\)\? *\z", RegexOptions.None, 1000)]
    private static partial Regex Confirm();

    private async Task<SshServer> StartDeviceAsync()
    {
        var program = Path.Combine(peer.Folder, "device.sh");
        await File.WriteAllTextAsync(
            program,
            """
            printf '\033[1mWARNING: authorised use only\033[0m\r\n\r\n'
            while printf 'oa01> ' && IFS= read -r line; do
              case $line in
                "show version") printf 'Firmware Ver. : 4.85\n' ;;
                "show looks like oa01> prompt") printf 'oa01> '; sleep 0.05; printf '\nmore\n' ;;
                "reset interconnect 1")
                  printf 'This will reset the interconnect.\nAre you sure you want to do this (YES/NO)? '
                  read -r answer
                  if [ "$answer" = YES ]; then printf 'Successfully reset\n'; else printf 'Cancelled\n'; fi ;;
                exit) exit 0 ;;
                *) printf 'ERROR: Invalid command.\n' ;;
              esac
            done
            """,
            Token);
        await Shell.RunAsync("chmod", "-R", "a+rX", peer.Folder);
        return await SshServer.StartAsync(peer.User, [$"ForceCommand /bin/sh {program}"]);
    }
}
