using System.Net.Sockets;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Faults;
using OpsKit.TestKit;
using OpsKit.Vim25;

namespace OpsKit.PeerTests.Lab;

public sealed class SshdTests(SshdLab lab) : IClassFixture<SshdLab>
{
    [Fact]
    public async Task Command_is_run_with_its_output_errors_and_exit_status()
    {
        var (status, output, error) = await lab.SshAsync("esx01", "echo out; echo err >&2; exit 42");

        status.ShouldBe(42);
        output.ShouldBe("out\n");
        error.ShouldBe("err\n");
    }

    [Fact]
    public async Task Login_stands_for_the_first_account_of_the_thing_and_is_logged_once_a_connection()
    {
        var before = Logins();

        var (_, output, _) = await lab.SshAsync("esx01", "echo $LAB_USER");

        output.ShouldBe("root\n");
        Logins().ShouldBe(before + 1);
    }

    [Fact]
    public async Task Input_goes_through_to_its_end_byte_for_byte()
    {
        var (status, output, error) = await lab.ShAsync("""head -c 3000000 /dev/urandom | tee >(sha256sum >&2) | ssh $F esx01 'sha256sum; exit 3'""");

        status.ShouldBe(3, error);
        error.ShouldBe(output);
    }

    [Fact]
    public async Task Output_of_megabytes_comes_whole_while_input_is_left_unread()
    {
        var (status, output, _) = await lab.ShAsync("""ssh $F esx01 'head -c 5000000 /dev/zero; exit 4' </dev/zero | wc -c; echo ${PIPESTATUS[0]}""");

        status.ShouldBe(0);
        output.Split().ShouldBe(["5000000", "4", ""]);
    }

    [Fact]
    public async Task Quoted_words_arrive_as_they_are()
    {
        const string words = """a 'b c' "$d" `e` \ * ä €""";

        (await lab.SshAsync("esx01", $"cat <<'END'\n{words}\nEND")).Output.ShouldBe(words + "\n");
    }

    [Fact]
    public async Task Shell_without_terminal_talks_all_the_same()
    {
        var (status, output, _) = await lab.ShAsync("printf 'hello\\nexit\\n' | ssh $F -T esx01");

        status.ShouldBe(7);
        output.ShouldBe("Welcome to esx01\r\nroot> hello\r\nyou said hello\r\nroot> exit\r\n");
    }

    [Fact]
    public async Task Shell_with_terminal_gets_every_key_and_echoes_once()
    {
        using var ssh = lab.Start("-tt", "esx01");
        (await ssh.ReadUntilAsync("root> ")).ShouldBe("Welcome to esx01\r\nroot> ");

        await ssh.WriteAsync("helo\u007flo\r");
        (await ssh.ReadUntilAsync("root> ")).ShouldBe("helo\b \blo\r\nyou said hello\r\nroot> ");
        await ssh.WriteAsync("x\u0003");
        (await ssh.ReadUntilAsync("root> ")).ShouldBe("x^C\r\nyou said \r\nroot> ");
        await ssh.WriteAsync("exit\r");
        (await ssh.EndAsync()).ShouldBe(7);
    }

    [Fact]
    public async Task Command_with_terminal_ends_with_Ctrl_C()
    {
        var before = lab.Esx01.Cancelled;

        using var ssh = lab.Start("-tt", "esx01", "echo begun; sleep 600");
        await ssh.ReadUntilAsync("begun");
        await ssh.WriteAsync("\u0003");

        (await ssh.EndAsync()).ShouldNotBe(0);
        await Eventually.TrueAsync(() => lab.Esx01.Cancelled > before, "the command is ended");
    }

    [Fact]
    public async Task Client_that_goes_ends_its_command()
    {
        var before = lab.Esx01.Cancelled;

        using (var ssh = lab.Start("esx01", "echo begun; sleep 600"))
            await ssh.ReadUntilAsync("begun");

        await Eventually.TrueAsync(() => lab.Esx01.Cancelled > before, "the command is ended");
    }

    [Fact]
    public async Task Fifty_connections_at_once_are_served()
    {
        var before = Logins();

        var (_, output, error) = await lab.ShAsync("""seq 50 | xargs -P 50 -I %% ssh $F esx01 'echo %%' | sort -n | tr '\n' ' '""");

        error.ShouldBe("");
        output.Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(Enumerable.Range(1, 50).Select(number => $"{number}"));
        Logins().ShouldBe(before + 50);
    }

    [Fact]
    public async Task Channels_share_a_connection()
    {
        var before = Logins();

        var (_, output, error) = await lab.ShAsync(
            """
            c="$(mktemp -d)/c"; o="-o ControlPath=$c"
            ssh $F $o -o ControlMaster=yes -o ControlPersist=30 esx01 true
            for n in 1 2 3 4 5; do ssh $F $o esx01 "sleep 0.2; echo $n" & done; wait
            ssh $F $o -O exit esx01
            """);

        error.Trim().ShouldBe("Exit request sent.");
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order().ShouldBe(["1", "2", "3", "4", "5"]);
        Logins().ShouldBe(before + 1);
    }

    [Fact]
    public async Task Strange_key_and_strange_user_are_refused()
    {
        var (_, _, error) = await lab.ShAsync(
            """
            k="$(mktemp -d)/k"; ssh-keygen -q -t ed25519 -N '' -f "$k"
            ssh -F none -i "$k" -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -p PORT ADDRESS true
            ssh $F -l nobody esx01 true
            """.Replace("PORT", $"{lab.Port}", StringComparison.Ordinal).Replace("ADDRESS", $"{lab.Shells[0].Address}", StringComparison.Ordinal));

        error.ShouldContain("Permission denied (publickey)");
        error.Split("Permission denied (publickey)").Length.ShouldBe(3, error);
    }

    [Fact]
    public async Task Forwarding_is_refused()
    {
        (await lab.ShAsync("ssh $F -W 127.0.0.1:22 esx01 </dev/null")).Status.ShouldNotBe(0);
    }

    [Fact]
    public async Task Each_endpoint_has_its_own_host_key()
    {
        var (_, output, _) = await lab.ShAsync($"ssh-keyscan -t ecdsa -p {lab.Port} {lab.Shells[0].Address} {lab.Shells[1].Address} 2>/dev/null | ssh-keygen -lf -");

        var keys = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split()[1]).ToList();
        keys.ShouldBe(lab.Shells.Take(2).Select(shell => shell.Key.Public.Fingerprint), ignoreOrder: true);
        keys.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Refused_connection_closes_before_the_first_byte()
    {
        lab.Faults.Add(new Fault(FaultKind.Refused) { Endpoint = "esx01", Operation = ShellDoors.Connect });

        var (status, _, error) = await lab.SshAsync("esx01", "true");

        status.ShouldBe(255);
        error.ShouldContain("reset");
        lab.Faults.Clear();
        (await lab.SshAsync("esx01", "true")).Status.ShouldBe(0);
    }

    [Fact]
    public async Task Cut_answer_arrives_by_half_and_the_connection_breaks()
    {
        lab.Faults.Add(new Fault(FaultKind.Cut) { Endpoint = "esx01", Operation = "echo 12*", Times = 1 });

        var (status, output, error) = await lab.SshAsync("esx01", "echo 1234567");

        status.ShouldBe(255);
        output.ShouldBe("1234");
        error.ShouldNotBe("");
    }

    [Fact]
    public async Task Silent_network_takes_no_connection_and_holds_what_is_on_its_way()
    {
        using var ssh = lab.Start("esx01", "echo begun; read go; echo $go");
        await ssh.ReadUntilAsync("begun\n");
        lab.Silent = true;
        Task<string> answer;
        try
        {
            await ssh.WriteAsync("go\n");
            answer = ssh.ReadUntilAsync("go\n");
            var (status, _, error) = await lab.SshAsync("-o", "ConnectTimeout=1", "esx01", "true");
            status.ShouldBe(255);
            error.ShouldContain("timed out");
            answer.IsCompleted.ShouldBeFalse();
        }
        finally
        {
            lab.Silent = false;
        }

        (await answer).ShouldBe("go\n");
        (await ssh.EndAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Client_that_says_nothing_costs_no_other()
    {
        using var silent = new TcpClient();
        await silent.ConnectAsync(lab.Shells[0].Address, lab.Port, TestContext.Current.CancellationToken);

        (await lab.SshAsync("esx01", "echo there")).Output.ShouldBe("there\n");
    }

    private int Logins() => lab.Log.All.Count(operation => operation is { Endpoint: "esx01", Operation: ShellDoors.Connect, Kind: OperationKind.Session });
}
