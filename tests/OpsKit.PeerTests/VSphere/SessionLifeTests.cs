using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.TestKit;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.PeerTests.VSphere;

/// <summary>How long sessions live, how much goes through them at once, and that none outlives its owner.</summary>
public sealed class SessionLifeTests
{
    private static readonly ManagedObjectReference ServiceInstance = new("ServiceInstance", "ServiceInstance");
    private static readonly PropertyCollectorQuery Names = PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_ended_by_an_administrator_is_opened_again()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var session = await server.OpenAsync(Token);
        await session.Queries.CurrentTimeAsync(ServiceInstance, Token);
        var terminated = await PythonAsync(
            server,
            """
            manager = instance.content.sessionManager
            others = [session.key for session in manager.sessionList if session.key != manager.currentSession.key]
            manager.TerminateSession(others)
            print(len(others))
            """);
        await server.ResetAsync();

        await session.Queries.CurrentTimeAsync(ServiceInstance, Token);

        terminated.ShouldBe("1");
        (await server.CallsAsync()).Count(call => call == "Login").ShouldBe(1);
        (await server.SessionsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Session_that_expires_again_at_once_is_a_clear_error_after_one_login()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var session = await server.OpenAsync(Token);
        await session.Queries.CurrentTimeAsync(ServiceInstance, Token);
        await server.ExpireSessionsAsync();
        await server.ResetAsync();
        await server.FailAsync("CurrentTime", 2, "NotAuthenticated");

        var failed = await Should.ThrowAsync<OpsKitException>(() => session.Queries.CurrentTimeAsync(ServiceInstance, Token));

        failed.Message.ShouldContain("not authenticated");
        failed.Next.ShouldNotBeNullOrWhiteSpace();
        var calls = await server.CallsAsync();
        calls.Count(call => call == "Login").ShouldBe(1);
        calls.Count(call => call == "CurrentTime").ShouldBe(2);
        // The failure is that call's alone.
        await server.ResetAsync();
        await session.Queries.CurrentTimeAsync(ServiceInstance, Token);
    }

    [Fact]
    public async Task Login_refused_after_an_expiry_is_sent_once_for_all_callers()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var session = await server.OpenAsync(Token);
        await session.Queries.CurrentTimeAsync(ServiceInstance, Token);
        await server.ExpireSessionsAsync();
        await server.ResetAsync();
        await server.FailAsync("Login", 1000, "InvalidLogin");

        var calls = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Should.ThrowAsync<OpsKitException>(() => session.Queries.CurrentTimeAsync(ServiceInstance, Token))));

        calls.ShouldAllBe(failed => failed.Kind == FailureKind.AuthenticationRefused);
        (await server.CallsAsync()).Count(call => call == "Login").ShouldBe(1);
    }

    [Fact]
    public async Task Idle_session_is_kept_alive()
    {
        await using var server = await VCenterSimulator.StartAsync();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var session = await PeerSessions.Connector(server.Password, clock).ConnectAsync(server.Endpoint(), Token);
        await server.ResetAsync();

        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                return (await server.CallsAsync()).Count >= 3;
            },
            "the session is kept alive three times");

        (await server.CallsAsync()).ShouldAllBe(call => call == "CurrentTime");
    }

    [Fact]
    public async Task No_more_requests_are_in_flight_than_the_endpoint_takes()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var proxy = ChaosProxy.Start(server.Sdk.Port, _ => new ChaosProxy.Mischief { Delay = TimeSpan.FromMilliseconds(20) });
        var endpoint = server.Endpoint(proxy.Port) with { MaxRequestsInFlight = 3 };
        await using var session = await PeerSessions.Connector(server.Password).ConnectAsync(endpoint, Token);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => session.Queries.CurrentTimeAsync(ServiceInstance, Token)));

        // HTTP/1.1: a connection carries one request at a time.
        proxy.Connections.ShouldBe(3);
        (await server.CallsAsync()).Count(call => call == "CurrentTime").ShouldBe(30);
    }

    [Fact]
    public async Task No_session_is_left_after_an_exception_or_a_cancelled_call()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "50");
        // The third connection's answers never arrive whole.
        await using var proxy = ChaosProxy.Start(server.Sdk.Port, connection => new ChaosProxy.Mischief { StallAfter = connection == 0 ? 12_000 : null });

        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await using var session = await server.OpenAsync(Token);
            await foreach (var machine in session.Properties.RetrieveAsync(Names, Token))
                throw new InvalidOperationException($"the consumer fails at {machine.Reference}");
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await using var session = await PeerSessions.Connector(server.Password).ConnectAsync(server.Endpoint(proxy.Port), Token);
            var reading = session.Properties.RetrieveAsync(Names, stop.Token).ToListAsync(stop.Token);
            await Eventually.TrueAsync(async () => (await server.CallsAsync()).Count(call => call == "RetrievePropertiesEx") >= 2, "the answer is on its way");
            await stop.CancelAsync();
            await reading;
        });

        (await server.SessionsAsync()).ShouldBeEmpty();
        (await server.CallsAsync()).Count(call => call == "Logout").ShouldBe(2);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("closed")]
    [InlineData("stalled")]
    [InlineData("slow")]
    public async Task Spoilt_answer_to_a_login_is_a_clear_error_in_time_and_the_login_is_sent_once(string how)
    {
        await using var server = await VCenterSimulator.StartAsync();
        ChaosProxy.Mischief Spoil(long after) => how switch
        {
            "cut" => new() { CutAfter = after },
            "closed" => new() { CloseAfter = after },
            "stalled" => new() { StallAfter = after },
            _ => new() { Delay = TimeSpan.FromMilliseconds(50) },
        };
        for (long after = 1500; after <= 7500; after += 3000)
        {
            await server.ResetAsync();
            var spoilt = after;
            await using var proxy = ChaosProxy.Start(server.Sdk.Port, _ => Spoil(spoilt));
            var endpoint = server.Endpoint(proxy.Port) with { ConnectTimeout = TimeSpan.FromSeconds(1) };
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
            patience.CancelAfter(TimeSpan.FromSeconds(3));
            try
            {
                await using var session = await PeerSessions.Connector(server.Password).ConnectAsync(endpoint, patience.Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
            }
            catch (OpsKitException failed)
            {
                failed.Kind.ShouldBe(FailureKind.Unreachable, failed.Message);
                failed.Next.ShouldNotBeNullOrWhiteSpace();
            }
            catch (OperationCanceledException)
            {
                // The caller's patience ended before the client's.
            }

            (await server.CallsAsync()).Count(call => call == "Login").ShouldBeLessThanOrEqualTo(1, $"{how} after {after}");
        }
    }

    private static async Task<string> PythonAsync(VCenterSimulator server, string script)
    {
        var (status, output, error) = await Shell.TryAsync(
            "/usr/bin/python3", "-c",
            $"""
            import ssl
            from pyVim.connect import SmartConnect, Disconnect
            instance = SmartConnect(host="127.0.0.1", port={server.Sdk.Port}, user="{server.User}", pwd="{server.Password}", sslContext=ssl._create_unverified_context())
            {script}
            Disconnect(instance)
            """);
        status.ShouldBe(0, error);
        return output.Trim();
    }
}
