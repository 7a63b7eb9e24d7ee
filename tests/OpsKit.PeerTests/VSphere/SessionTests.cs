using OpsKit.Connections;
using OpsKit.Connections.VSphere;
using OpsKit.TestKit;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.PeerTests.VSphere;

public sealed class SessionTests
{
    private static readonly PropertyCollectorQuery Names = PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_is_ended_when_it_is_disposed()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using (await server.OpenAsync(Token))
            (await server.SessionsAsync()).Count.ShouldBe(1);

        (await server.SessionsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Expired_session_is_opened_again_once_and_the_call_succeeds()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var session = await server.OpenAsync(Token);
        await ReadAsync(session);
        (await server.ExpireSessionsAsync()).ShouldBe(1);
        await server.ResetAsync();

        (await ReadAsync(session)).ShouldBe(4);

        (await server.CallsAsync()).Count(call => call == "Login").ShouldBe(1);
        (await server.SessionsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Callers_whose_session_expired_share_one_login()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var session = await server.OpenAsync(Token);
        await ReadAsync(session);
        await server.ExpireSessionsAsync();
        await server.ResetAsync();

        var read = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync(session)));

        read.ShouldAllBe(count => count == 4);
        (await server.CallsAsync()).Count(call => call == "Login").ShouldBe(1);
    }

    [Fact]
    public async Task Call_refused_within_a_living_session_is_no_reason_to_log_in_again()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var session = await server.OpenAsync(Token);
        await ReadAsync(session);
        await server.ResetAsync();
        await server.FailAsync("CurrentTime", 1000, "NotAuthenticated");

        var refused = await Should.ThrowAsync<OpsKitException>(() => session.Queries.CurrentTimeAsync(new ManagedObjectReference("ServiceInstance", "ServiceInstance"), Token));

        refused.Kind.ShouldBe(FailureKind.Failed);
        refused.Message.ShouldContain("lacks the privilege");
        (await server.CallsAsync()).ShouldBe(["CurrentTime", "RetrievePropertiesEx"]);
    }

    [Fact]
    public async Task Refused_login_is_sent_once_and_never_again()
    {
        await using var server = await VCenterSimulator.StartAsync();

        var refused = await Should.ThrowAsync<OpsKitException>(() => PeerSessions.Connector("wrong").ConnectAsync(server.Endpoint(), Token));

        refused.Kind.ShouldBe(FailureKind.AuthenticationRefused);
        refused.Message.ShouldNotContain("wrong\"");
        (await server.CallsAsync()).Count(call => call == "Login").ShouldBe(1);
    }

    [Fact]
    public async Task Cancelled_connect_leaves_no_session()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var proxy = ChaosProxy.Start(server.Sdk.Port, _ => new ChaosProxy.Mischief { Delay = TimeSpan.FromMilliseconds(30) });
        foreach (var patience in new[] { 20, 60, 100, 150, 200, 300 })
        {
            using var stop = new CancellationTokenSource(patience);
            try
            {
                await using var session = await PeerSessions.Connector(server.Password).ConnectAsync(server.Endpoint(proxy.Port), stop.Token);
            }
            catch (OperationCanceledException)
            {
                // As asked.
            }
        }

        (await server.SessionsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Query_is_sent_again_after_503_and_a_change_is_not()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var session = await server.OpenAsync(Token);
        var machine = (await session.Properties.RetrieveAsync(Names, Token).ToListAsync(Token))[0].Reference;
        await server.ResetAsync();
        await server.FailAsync("CurrentTime", 2, status: 503);
        await server.FailAsync("PowerOffVM_Task", 1, status: 503);

        await session.Queries.CurrentTimeAsync(new ManagedObjectReference("ServiceInstance", "ServiceInstance"), Token);
        var failed = await Should.ThrowAsync<Exception>(() => session.Changes.PowerOffVMTaskAsync(machine, Token));

        failed.ShouldSatisfyAllConditions(() => (failed is OpsKitException or VimException).ShouldBeTrue());
        var calls = await server.CallsAsync();
        calls.Count(call => call == "CurrentTime").ShouldBe(3);
        calls.Count(call => call == "PowerOffVM_Task").ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(2000)]
    public async Task Connection_cut_in_an_answer_is_read_again(long after)
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "20");
        await using var proxy = ChaosProxy.Start(server.Sdk.Port, connection => connection == 1 ? new ChaosProxy.Mischief { CutAfter = after } : new ChaosProxy.Mischief());
        await using var session = await PeerSessions.Connector(server.Password).ConnectAsync(server.Endpoint(proxy.Port), Token);
        proxy.CutAll();

        (await ReadAsync(session)).ShouldBe(40);
    }

    [Fact]
    public async Task Change_whose_answer_was_cut_is_not_sent_again_and_its_outcome_unknown()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var proxy = ChaosProxy.Start(server.Sdk.Port);
        await using var session = await PeerSessions.Connector(server.Password).ConnectAsync(server.Endpoint(proxy.Port), Token);
        var machine = (await session.Properties.RetrieveAsync(Names, Token).ToListAsync(Token))[0].Reference;
        await server.ResetAsync();
        proxy.CutNextAnswer();

        var failed = await Should.ThrowAsync<OpsKitException>(() => session.Changes.PowerOffVMTaskAsync(machine, Token));

        failed.OutcomeUnknown.ShouldBeTrue(failed.Message);
        (await server.CallsAsync()).ShouldBe(["PowerOffVM_Task"]);
    }

    [Fact]
    public async Task Garbled_answer_is_a_clear_error_in_time()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await using var proxy = ChaosProxy.Start(server.Sdk.Port, _ => new ChaosProxy.Mischief { GarbleAt = 4000 });

        var failed = await Should.ThrowAsync<OpsKitException>(
            () => PeerSessions.Connector(server.Password).ConnectAsync(server.Endpoint(proxy.Port), Token).WaitAsync(TimeSpan.FromSeconds(30), Token));

        failed.Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Server_that_is_no_vcenter_is_told_as_such()
    {
        var folder = Directory.CreateTempSubdirectory("opskit-no-vcenter-").FullName;
        var certificate = await OpenSslCertificate.SelfSignedAsync(folder, "web", "IP:127.0.0.1");
        await using var web = await OpenSslServer.StartAsync(certificate);
        await using var server = await VCenterSimulator.StartAsync();
        // It takes the request and never answers it.
        var endpoint = server.Endpoint(web.Port) with { ConnectTimeout = TimeSpan.FromSeconds(2), Tls = new() { Thumbprint = (await certificate.FingerprintAsync()).Replace(":", "", StringComparison.Ordinal) } };

        var failed = await Should.ThrowAsync<OpsKitException>(() => PeerSessions.Connector("x").ConnectAsync(endpoint, Token));

        failed.Kind.ShouldBe(FailureKind.Unreachable);
        failed.Message.ShouldContain("says nothing for 4 s");
    }

    private static async Task<int> ReadAsync(VSphereSession session) => (await session.Properties.RetrieveAsync(Names, Token).ToListAsync(Token)).Count;
}
