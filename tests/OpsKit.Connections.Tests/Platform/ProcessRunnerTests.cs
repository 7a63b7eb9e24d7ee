using OpsKit.Connections.Platform;
using OpsKit.TestKit;

namespace OpsKit.Connections.Tests.Platform;

public sealed class ProcessRunnerTests
{
    private static readonly ProcessRunner Runner = new(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_error_and_exit_code_come_apart()
    {
        var result = await Runner.RunAsync(ProcessRequest.Shell("echo größer; echo nein >&2; exit 7"), Token);

        result.ShouldBe(new ProcessResult(7, "größer\n", "nein\n"));
    }

    [Fact]
    public async Task Arguments_are_handed_over_as_they_are()
    {
        var request = new ProcessRequest { FileName = "printf", Arguments = ["%s|", "two words", "$HOME", "it's", ""] };

        (await Runner.RunAsync(request, Token)).Output.ShouldBe("two words|$HOME|it's||");
    }

    [Fact]
    public async Task Input_is_read_and_the_environment_set()
    {
        var request = ProcessRequest.Shell("cat; printf %s \"$GREETING\"") with { Input = "hello ", Environment = new Dictionary<string, string> { ["GREETING"] = "world" } };

        (await Runner.RunAsync(request, Token)).Output.ShouldBe("hello world");
    }

    [Fact]
    public async Task Program_that_asks_is_answered_as_it_asks()
    {
        var heard = new System.Text.StringBuilder();
        var started = 0;
        var request = ProcessRequest.Shell("printf 'Password: ' >&2; read a; printf 'Go on? '; read b; echo \"$a and $b\"") with
        {
            Started = id => started = id,
            Converse = piece =>
            {
                heard.Append(piece);
                return heard.ToString() switch { "Password: " => "secret\n", "Password: Go on? " => "YES\n", _ => null };
            },
        };

        (await Runner.RunAsync(request, Token)).ShouldBe(new ProcessResult(0, "Go on? secret and YES\n", "Password: "));
        started.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Conversation_that_breaks_off_ends_the_program()
    {
        var folder = Directory.CreateTempSubdirectory("opskit-process-").FullName;
        var file = Path.Combine(folder, "pid");
        var request = ProcessRequest.Shell($"sleep 1000 & echo $! > {file}; echo ERROR; wait") with { Converse = said => throw new InvalidOperationException(said) };

        (await Should.ThrowAsync<InvalidOperationException>(() => Runner.RunAsync(request, Token))).Message.ShouldBe("ERROR\n");
        await ChildIsGoneAsync(file);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Long_output_is_read_to_its_end_and_kept_up_to_the_limit()
    {
        var request = ProcessRequest.Shell("head -c 5000000 /dev/zero | tr '\\0' x; exit 3") with { OutputLimit = 100 };

        var result = await Runner.RunAsync(request, Token);

        result.Output.ShouldBe(new string('x', 100));
        result.ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Program_that_does_not_read_its_input_is_no_failure()
    {
        var result = await Runner.RunAsync(ProcessRequest.Shell("exit 4") with { Input = new string('x', 1_000_000) }, Token);

        result.ExitCode.ShouldBe(4);
    }

    [Fact]
    public async Task Program_that_takes_too_long_is_killed_with_its_children()
    {
        var folder = Directory.CreateTempSubdirectory("opskit-process-").FullName;
        var file = Path.Combine(folder, "pid");
        var request = ProcessRequest.Shell($"sleep 1000 & echo $! > {file}; wait") with { Timeout = TimeSpan.FromSeconds(1) };

        var failed = await Should.ThrowAsync<OpsKitException>(() => Runner.RunAsync(request, Token));

        failed.Message.ShouldContain("within 1 s");
        await ChildIsGoneAsync(file);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Cancelled_program_is_killed_with_its_children()
    {
        var folder = Directory.CreateTempSubdirectory("opskit-process-").FullName;
        var file = Path.Combine(folder, "pid");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = Runner.RunAsync(ProcessRequest.Shell($"sleep 1000 & echo $! > {file}.new; mv {file}.new {file}; wait"), stop.Token);
        await Eventually.TrueAsync(() => File.Exists(file), "the child runs");

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await ChildIsGoneAsync(file);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Error_output_is_limited_too_and_does_not_block_the_program()
    {
        var request = ProcessRequest.Shell("head -c 3000000 /dev/zero | tr '\\0' e >&2; echo done") with { OutputLimit = 5 };

        (await Runner.RunAsync(request, Token)).ShouldBe(new ProcessResult(0, "done\n", "eeeee"));
    }

    [Fact]
    public async Task Working_folder_is_the_one_asked_for() =>
        (await Runner.RunAsync(ProcessRequest.Shell("pwd") with { WorkingDirectory = "/usr/bin" }, Token)).Output.ShouldBe("/usr/bin\n");

    [Fact]
    public async Task Missing_working_folder_is_told() =>
        (await Should.ThrowAsync<OpsKitException>(() => Runner.RunAsync(ProcessRequest.Shell("pwd") with { WorkingDirectory = "/no/such/folder" }, Token))).Kind.ShouldBe(FailureKind.Failed);

    [Fact]
    public async Task Missing_program_is_told() =>
        (await Should.ThrowAsync<OpsKitException>(() => Runner.RunAsync(new ProcessRequest { FileName = "/no/such/program" }, Token))).Message.ShouldContain("/no/such/program");

    private static async Task ChildIsGoneAsync(string file)
    {
        var child = (await File.ReadAllTextAsync(file, Token)).Trim();
        await Eventually.TrueAsync(() => !IsAlive(child), "the child is gone");
    }

    /// <summary>A child that nobody has waited for yet is a zombie, and dead.</summary>
    private static bool IsAlive(string process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
