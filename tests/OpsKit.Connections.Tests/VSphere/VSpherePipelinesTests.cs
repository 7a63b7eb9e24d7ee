using System.Net;
using OpsKit.Connections.Resilience;
using OpsKit.Connections.VSphere;
using OpsKit.TestKit;
using OpsKit.Vim25;

namespace OpsKit.Connections.Tests.VSphere;

public sealed class VSpherePipelinesTests
{
    private const int Again = 1 + OpsKitPipelines.QueryRetries;

    [Theory]
    [InlineData(TransportFailure.Broken, Again)]
    [InlineData(TransportFailure.HandshakeBroken, Again)]
    [InlineData(TransportFailure.NameNotFound, 1)]
    [InlineData(TransportFailure.Refused, 1)]
    [InlineData(TransportFailure.NoRoute, 1)]
    [InlineData(TransportFailure.Tls, 1)]
    [InlineData(TransportFailure.TimedOut, 1)]
    public async Task Query_is_sent_again_only_where_the_connection_broke(TransportFailure failure, int times) =>
        (await AttemptsAsync(OperationKind.Query, new VimTransportException(failure, "it broke"))).ShouldBe(times);

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, Again)]
    [InlineData(HttpStatusCode.BadGateway, Again)]
    [InlineData(HttpStatusCode.GatewayTimeout, Again)]
    [InlineData(HttpStatusCode.InternalServerError, 1)]
    [InlineData(HttpStatusCode.NotFound, 1)]
    [InlineData(HttpStatusCode.Unauthorized, 1)]
    public async Task Query_is_sent_again_only_where_the_server_may_recover(HttpStatusCode status, int times) =>
        (await AttemptsAsync(OperationKind.Query, new VimProtocolException("not now") { StatusCode = status })).ShouldBe(times);

    [Theory]
    [InlineData(OperationKind.Change)]
    [InlineData(OperationKind.Session)]
    public async Task Change_and_login_are_sent_once(OperationKind kind)
    {
        (await AttemptsAsync(kind, new VimTransportException(TransportFailure.Broken, "it broke"))).ShouldBe(1);
        (await AttemptsAsync(kind, new VimProtocolException("not now") { StatusCode = HttpStatusCode.ServiceUnavailable })).ShouldBe(1);
    }

    private static async Task<int> AttemptsAsync(OperationKind kind, VimException failure)
    {
        var attempts = 0;
        var thrown = await Should.ThrowAsync<VimException>(() => new VSpherePipelines(new LeapingClock()).For(kind).ExecuteAsync(_ =>
        {
            attempts++;
            return ValueTask.FromException(failure);
        }).AsTask());
        thrown.ShouldBeSameAs(failure);
        return attempts;
    }
}
