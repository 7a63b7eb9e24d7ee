using System.Diagnostics;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Console;

/// <summary>No session is left on the server, however a run ends.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly OpskitProgram _opskit = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _opskit.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signal_is_answered_at_once_and_the_session_ended(string signal)
    {
        await using var server = await VCenterSimulator.StartAsync();
        // The answer that is read while the signal comes takes minutes.
        await using var proxy = ChaosProxy.Start(server.Sdk.Port, connection => connection == 0 ? new ChaosProxy.Mischief { StallAfter = 20_000 } : new ChaosProxy.Mischief());
        using var running = _opskit.Start(server.Password, ["license", "vram", .. OpskitProgram.At(server, proxy.Port)]);
        await UntilCalledAsync(server, "RetrievePropertiesEx");

        await running.SignalAsync(signal);
        var signalled = Stopwatch.StartNew();
        var run = await running.EndAsync().WaitAsync(TimeSpan.FromSeconds(30), Token);

        run.ExitCode.ShouldBe(130, run.Error);
        signalled.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
        run.Out.ShouldBeEmpty();
        (await server.SessionsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Second_interrupt_ends_the_run_without_waiting_for_the_server()
    {
        await using var server = await VCenterSimulator.StartAsync();
        // Nothing comes through any more, the answer to the logout neither.
        await using var proxy = ChaosProxy.Start(server.Sdk.Port, connection => new ChaosProxy.Mischief { StallAfter = connection == 0 ? 20_000 : 0 });
        using var running = _opskit.Start(server.Password, ["license", "vram", .. OpskitProgram.At(server, proxy.Port)]);
        await UntilCalledAsync(server, "RetrievePropertiesEx");

        await running.SignalAsync("INT");
        await running.SaysAsync("interrupted");
        await running.SignalAsync("INT");
        var run = await running.EndAsync().WaitAsync(TimeSpan.FromSeconds(3), Token);

        run.ExitCode.ShouldBe(130, run.Error);
    }

    [Fact]
    public async Task Interrupted_run_leaves_the_file_of_the_last_one()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var proxy = ChaosProxy.Start(server.Sdk.Port, connection => connection == 0 ? new ChaosProxy.Mischief { StallAfter = 20_000 } : new ChaosProxy.Mischief());
        _opskit.Write("vram.csv", "yesterday's");
        using var running = _opskit.Start(server.Password, ["license", "vram", "--out", "vram.csv", .. OpskitProgram.At(server, proxy.Port)]);
        await UntilCalledAsync(server, "RetrievePropertiesEx");

        await running.SignalAsync("INT");
        (await running.EndAsync().WaitAsync(TimeSpan.FromSeconds(30), Token)).ExitCode.ShouldBe(130);

        (await File.ReadAllTextAsync(_opskit.File("vram.csv"), Token)).ShouldBe("yesterday's");
        Directory.EnumerateFiles(_opskit.File("."), "*vram*").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Failed_run_ends_its_session()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await server.FailAsync("RetrievePropertiesEx", 1000, "RuntimeFault");

        var run = await _opskit.RunAsync(server.Password, ["license", "vram", .. OpskitProgram.At(server)]);

        run.ExitCode.ShouldBe(1, run.Error);
        (await server.CallsAsync()).ShouldContain("Logout");
        (await server.SessionsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Refused_login_is_tried_once()
    {
        await using var server = await VCenterSimulator.StartAsync();

        var run = await _opskit.RunAsync("not the password", ["license", "vram", .. OpskitProgram.At(server)]);

        run.ExitCode.ShouldBe(4, run.Error);
        run.Error.ShouldNotContain("not the password");
        (await server.CallsAsync()).Count(call => call == "Login").ShouldBe(1);
    }

    private static Task UntilCalledAsync(VCenterSimulator server, string operation) =>
        Eventually.TrueAsync(async () => (await server.CallsAsync()).Contains(operation), $"{operation} is called");
}
