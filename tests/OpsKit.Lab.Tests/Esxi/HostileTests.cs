using System.Text;
using OpsKit.Lab.Esxi;
using OpsKit.Lab.Esxi.Ash;

namespace OpsKit.Lab.Tests.Esxi;

/// <summary>What nobody should send, and what must not harm the lab.</summary>
public sealed class HostileTests : IAsyncDisposable
{
    private readonly TinyEsxi _lab = new();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Command_line_of_ten_megabytes_is_refused_and_one_in_a_script_is_carried_out()
    {
        var line = new string('x', 10_000_000);

        (await _lab.RunAsync("echo " + line)).ShouldBe(new Ran(1, "", "/bin/sh: Argument list too long\n"));
        (await _lab.RunAsync("cat > /tmp/s; sh /tmp/s | wc -c", "echo " + line)).Output.ShouldBe("10000001\n");
        (await _lab.RunAsync("cat > /tmp/s; sh /tmp/s | wc -c", "echo " + string.Concat(Enumerable.Repeat("a ", 2_000_000)))).Output.ShouldBe("0\n");
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("{ ", "; }")]
    [InlineData("if true; then ", "; fi")]
    [InlineData("$(", ")")]
    [InlineData("\"$(", ")\"")]
    [InlineData("${x:-", "}")]
    [InlineData("echo $((", "))")]
    [InlineData("`", "`")]
    [InlineData("case x in x) ", ";; esac")]
    [InlineData("while ", "; do break; done")]
    [InlineData("! ", "")]
    [InlineData("f() ", "")]
    public async Task Nesting_without_end_is_a_mistake_and_no_more(string open, string close)
    {
        var script = string.Concat(Enumerable.Repeat(open, 3000)) + "true" + string.Concat(Enumerable.Repeat(close, 3000));
        var ran = await _lab.RunAsync(script);
        ran.Status.ShouldBeInRange(0, 127);
        (await _lab.RunAsync("echo alive")).Output.ShouldBe("alive\n");
    }

    [Theory]
    [InlineData(":() { : | : & }; :")]
    [InlineData("f() { f; }; f")]
    [InlineData("f() { f | f; }; f")]
    [InlineData("f() { $(f); }; f")]
    [InlineData("echo 'sh /tmp/s' > /tmp/s; sh /tmp/s")]
    [InlineData("echo '. /tmp/s' > /tmp/s; . /tmp/s")]
    [InlineData("while :; do :; done")]
    [InlineData("x=abcdefgh; while :; do x=$x$x; done")]
    [InlineData("i=0; while :; do i=$((i+1)); eval v$i=abcdefghijklmnopqrstuvwxyz; done")]
    [InlineData("yes > /tmp/full")]
    [InlineData("cat /dev/zero > /tmp/full")]
    [InlineData("x=$(cat /dev/zero)")]
    [InlineData("yes | sort")]
    [InlineData("yes $(yes | head -c 10000) | cat > /dev/null")]
    [InlineData("trap 'kill $$' TERM; kill $$")]
    [InlineData("eval 'eval \"$0\"'")]
    [InlineData("exec 3<&0; while exec 3<&3; do :; done")]
    public async Task Script_without_end_ends(string script)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            await _lab.RunAsync(script, token: patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Who gave up waiting ended it.
        }

        (await _lab.RunAsync("rm -f /tmp/full; echo alive")).Output.ShouldBe("alive\n");
    }

    [Theory]
    [InlineData("cat /../../../../etc/shadow")]
    [InlineData("cat /tmp/../../../../../../etc/shadow")]
    [InlineData("cd /; cat ../../../etc/shadow")]
    [InlineData("ln -s /etc/shadow /tmp/l; cat /tmp/l")]
    [InlineData("ln -s ../../../../../../../../etc/shadow /tmp/l; cat /tmp/l")]
    [InlineData("ln -s / /tmp/whole; cat /tmp/whole/etc/shadow")]
    [InlineData("ln -s /tmp/a /tmp/b; ln -s /tmp/b /tmp/a; cat /tmp/a")]
    [InlineData("cat /proc/self/environ")]
    [InlineData("ls /root")]
    public async Task Nothing_of_the_machine_below_is_reached(string script)
    {
        var ran = await _lab.RunAsync(script);
        ran.Status.ShouldNotBe(0);
        ran.Output.ShouldBe("");
    }

    [Fact]
    public async Task Removing_everything_leaves_the_datastores_of_others_and_a_host_that_still_answers()
    {
        await _lab.RunAsync(_lab.Estate.Hosts[1], "echo theirs > /tmp/theirs");
        await _lab.RunAsync("rm -rf /");
        (await _lab.RunAsync(_lab.Estate.Hosts[1], "cat /tmp/theirs")).Output.ShouldBe("theirs\n");
        (await _lab.RunAsync("mkdir -p /tmp && echo back > /tmp/x && cat /tmp/x; ls /vmfs/volumes | wc -l")).Output.ShouldBe("back\n4\n");
    }

    [Fact]
    public async Task A_session_that_is_given_up_leaves_no_foreground_and_keeps_its_background()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = _lab.RunAsync("sleep 90001 > /dev/null 2>&1 & sleep 90002", token: patience.Token);
        await TestKit.Eventually.TrueAsync(async () => (await _lab.RunAsync("ps | grep -v 'sh -c' | grep -c '[s]leep 9000[12]$'")).Output == "2\n", "both run");

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await TestKit.Eventually.TrueAsync(async () => (await _lab.RunAsync("ps | grep -v 'sh -c' | grep -c '[s]leep 9000[12]$'")).Output == "1\n", "the foreground is gone");
    }

    [Fact]
    public void Random_scripts_are_scripts_or_mistakes()
    {
        var random = new Random(7);
        string[] pieces = ["(", ")", "{", "}", "\"", "'", "`", "$(", "$((", "))", "${", "}", "if", "then", "fi", "case", "in", "esac", ";;", ";", "&", "&&", "||", "|", "<", ">", "<<E", "\nE\n", "\n", " ", "x", "=", "$x", "\\", "#", "!", "do", "done", "for", "while", "[", "]", "*", "~", "é", "\0", "\u00ff"];
        for (var round = 0; round < 20_000; round++)
        {
            var script = new StringBuilder();
            for (var length = random.Next(1, 30); length > 0; length--)
                script.Append(pieces[random.Next(pieces.Length)]).Append(random.Next(2) == 0 ? " " : "");
            try
            {
                var parser = new Parser(new ScriptText(ByteText.Of(script.ToString())));
                while (parser.ParseLine() is not null)
                {
                    // Read to its end.
                }
            }
            catch (ShellSyntaxException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }
    }
}
