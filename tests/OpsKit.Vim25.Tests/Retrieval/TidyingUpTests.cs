using Microsoft.Extensions.Time.Testing;
using OpsKit.TestKit;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Retrieval;

/// <summary>However a retrieval ends, it leaves no view and no unfetched page on the server.</summary>
public sealed class TidyingUpTests
{
    private const string First = "RetrievePropertiesEx";
    private const string Further = "ContinueRetrievePropertiesEx";
    private const string Cancel = "CancelRetrievePropertiesEx";
    private static readonly PropertyCollectorQuery Machines = PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name) with { PageSize = 10 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, "CreateContainerView RetrievePropertiesEx CancelRetrievePropertiesEx DestroyView")]
    [InlineData(10, "CreateContainerView RetrievePropertiesEx CancelRetrievePropertiesEx DestroyView")]
    [InlineData(11, "CreateContainerView RetrievePropertiesEx ContinueRetrievePropertiesEx CancelRetrievePropertiesEx DestroyView")]
    [InlineData(25, "CreateContainerView RetrievePropertiesEx ContinueRetrievePropertiesEx ContinueRetrievePropertiesEx DestroyView")]
    public async Task Consumer_that_stops_early_gives_back_the_rest(int wanted, string calls)
    {
        await using var server = new InventoryServer(30);
        var taken = 0;
        await foreach (var machine in server.Properties.RetrieveAsync(Machines, Ct))
        {
            if (++taken == wanted)
                break;
        }

        string.Join(' ', server.Calls).ShouldBe(calls);
        server.LeftBehind.ShouldBe(0);
    }

    [Fact]
    public async Task Consumer_that_throws_gives_back_the_rest()
    {
        await using var server = new InventoryServer(30);

        await Should.ThrowAsync<InvalidTimeZoneException>(async () =>
        {
            await foreach (var machine in server.Properties.RetrieveAsync(Machines, Ct))
                throw new InvalidTimeZoneException();
        });

        server.Calls.ShouldBe(["CreateContainerView", First, Cancel, "DestroyView"]);
        server.LeftBehind.ShouldBe(0);
    }

    [Fact]
    public async Task First_page_refused_leaves_no_view()
    {
        await using var server = new InventoryServer(30);
        server.Before = request => request.Operation == First ? SoapAnswer.Fault("NoPermission", "Permission was denied.") : null;

        await Should.ThrowAsync<VimFaultException>(CountAsync(server, Ct));

        server.Calls.ShouldBe(["CreateContainerView", First, "DestroyView"]);
        server.LeftBehind.ShouldBe(0);
    }

    [Fact]
    public async Task Further_page_that_fails_is_given_back()
    {
        await using var server = new InventoryServer(30);
        server.Before = request => request.Operation == Further ? SoapAnswer.Text(503, "busy") : null;

        await Should.ThrowAsync<VimProtocolException>(CountAsync(server, Ct));

        server.Calls.ShouldBe(["CreateContainerView", First, Further, Cancel, "DestroyView"]);
        server.LeftBehind.ShouldBe(0);
    }

    [Fact]
    public async Task Answer_cut_off_in_the_middle_is_an_error_and_leaves_nothing()
    {
        await using var server = new InventoryServer(5);
        server.Before = request => request.Operation == First
            ? SoapAnswer.Response(First, "<returnval><objects><obj type=\"VirtualMachine\">vm-0</obj></objects></returnval>") with { CutAt = 400 }
            : null;

        await Should.ThrowAsync<VimException>(CountAsync(server, Ct));

        server.LeftBehind.ShouldBe(0);
    }

    [Fact]
    public async Task Cancelled_while_the_server_is_silent_it_still_tidies_up()
    {
        await using var server = new InventoryServer(30);
        using var stop = new CancellationTokenSource();
        server.Before = request =>
        {
            if (request.Operation != Further)
                return null;
            stop.CancelAfter(TimeSpan.Zero);
            return SoapAnswer.Text(200, "never sent") with { HangAt = 0 };
        };

        await Should.ThrowAsync<OperationCanceledException>(CountAsync(server, stop.Token));

        server.Calls.ShouldBe(["CreateContainerView", First, Further, Cancel, "DestroyView"]);
        server.LeftBehind.ShouldBe(0);
    }

    [Fact]
    public async Task Failed_tidying_up_does_not_spoil_the_result()
    {
        await using var server = new InventoryServer(3);
        server.Before = request => request.Operation == "DestroyView" ? SoapAnswer.Text(500, "oops") : null;

        (await server.Properties.RetrieveAsync(Machines, Ct).CountAsync(Ct)).ShouldBe(3);
    }

    [Fact]
    public async Task Server_that_hangs_while_tidying_up_is_left_after_a_while()
    {
        var clock = new FakeTimeProvider();
        await using var server = new InventoryServer(3, clock);
        server.Before = request => request.Operation == "DestroyView" ? SoapAnswer.Text(200, "never sent") with { HangAt = 0 } : null;

        var counting = CountAsync(server, Ct);
        await Eventually.TrueAsync(() => server.Calls.Contains("DestroyView"), "the view is to be destroyed");
        clock.Advance(TimeSpan.FromSeconds(10));

        (await counting).ShouldBe(3);
    }

    private static Task<int> CountAsync(InventoryServer server, CancellationToken cancellationToken) =>
        server.Properties.RetrieveAsync(Machines, cancellationToken).CountAsync(cancellationToken).AsTask();
}
