using OpsKit.Lab.Estate;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class SessionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_begins_a_session_and_logout_ends_it()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();

        session.Session.UserName.ShouldBe(vcenter.VCenter.Accounts[0].User);
        (await CurrentAsync(session))!.Key.ShouldBe(session.Session.Key);
        (await session.Sessions.SessionIsActiveAsync(session.Content.SessionManager!, session.Session.Key!, session.Session.UserName!, Token)).ShouldBe(true);

        await session.Sessions.LogoutAsync(session.Content.SessionManager!, Token);
        (await Should.ThrowAsync<VimFaultException>(() => session.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token))).Fault.ShouldBeOfType<NotAuthenticated>();
        vcenter.Log.All.Select(logged => logged.Operation).ShouldBe(["RetrieveServiceContent", "Login", "RetrievePropertiesEx", "SessionIsActive", "Logout"]);
    }

    [Fact]
    public async Task Wrong_password_and_unknown_user_are_refused_alike()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var account = vcenter.VCenter.Accounts[0];

        var wrong = await Should.ThrowAsync<VimFaultException>(() => vcenter.LoginAsync(account with { Password = account.Password + "x" }));
        var unknown = await Should.ThrowAsync<VimFaultException>(() => vcenter.LoginAsync(account with { User = "nobody" }));

        wrong.Fault.ShouldBeOfType<InvalidLogin>();
        unknown.ServerMessage.ShouldBe(wrong.ServerMessage);
        vcenter.Log.All.ShouldNotContain(logged => logged.Operation == "Login");
    }

    [Fact]
    public async Task Second_login_within_a_session_is_refused()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var session = await vcenter.LoginAsync();
        var account = vcenter.VCenter.Accounts[0];

        var refused = await Should.ThrowAsync<VimFaultException>(() => session.Sessions.LoginAsync(session.Content.SessionManager!, account.User, account.Password, cancellationToken: Token));

        refused.Fault.ShouldBeOfType<InvalidLogin>();
    }

    [Fact]
    public async Task Session_that_was_idle_for_too_long_is_ended_and_one_in_use_is_not()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var idle = await vcenter.LoginAsync();
        var used = await vcenter.LoginAsync();

        vcenter.Real.Advance(TimeSpan.FromMinutes(20));
        await used.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token);
        vcenter.Real.Advance(TimeSpan.FromMinutes(11));

        (await Should.ThrowAsync<VimFaultException>(() => idle.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token))).Fault.ShouldBeOfType<NotAuthenticated>();
        await used.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token);
    }

    [Fact]
    public async Task Session_is_terminated_by_another_and_not_by_itself()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var one = await vcenter.LoginAsync();
        var other = await vcenter.LoginAsync();

        await one.Sessions.TerminateSessionAsync(one.Content.SessionManager!, [other.Session.Key!], Token);

        (await Should.ThrowAsync<VimFaultException>(() => CurrentTimeAsync(other))).Fault.ShouldBeOfType<NotAuthenticated>();
        (await Should.ThrowAsync<VimFaultException>(() => one.Sessions.TerminateSessionAsync(one.Content.SessionManager!, [one.Session.Key!], Token))).Fault.ShouldBeOfType<InvalidArgument>();
        (await Should.ThrowAsync<VimFaultException>(() => one.Sessions.TerminateSessionAsync(one.Content.SessionManager!, ["52"], Token))).Fault.ShouldBeOfType<NotFound>();
    }

    [Fact]
    public async Task Operation_without_the_privilege_is_refused_by_its_name_and_not_logged()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var reader = await vcenter.LoginAsync(vcenter.VCenter.Accounts.Find(account => account.Privileges is not null));
        var machine = TinyInventory.Of(vcenter.Machines[0]);

        var refused = await Should.ThrowAsync<VimFaultException>(() => reader.Changes.PowerOffVMTaskAsync(machine, Token));

        var fault = refused.Fault.ShouldBeOfType<NoPermission>();
        fault.PrivilegeId.ShouldBe("VirtualMachine.Interact.PowerOff");
        fault.Object.ShouldBe(machine);
        vcenter.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Account_that_may_only_view_gets_names_and_no_other_property()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var viewer = new LabAccount("viewer", "v", new HashSet<string> { "System.View" });
        vcenter.VCenter.Accounts.Add(viewer);
        var session = await vcenter.LoginAsync(viewer);

        var seen = await session.Retriever.GetAsync(TinyInventory.Of(vcenter.Machines[0]), [VirtualMachineProperties.Name, VirtualMachineProperties.Config], Token);

        seen.Get(VirtualMachineProperties.Name).ShouldBe(vcenter.Machines[0].Name);
        seen.Missing.Single().Fault!.Fault.ShouldBeOfType<NoPermission>().PrivilegeId.ShouldBe("System.Read");
    }

    [Fact]
    public async Task Before_a_login_only_the_service_itself_answers()
    {
        await using var vcenter = await TinyVCenter.StartAsync();
        var client = vcenter.Client();
        var queries = new VimQueries(client);
        var content = await queries.RetrieveServiceContentAsync(ManagedObjectReference.ServiceInstance, Token);

        content!.About!.InstanceUuid.ShouldBe(vcenter.VCenter.InstanceUuid);
        (await new PropertyRetriever(client, content).GetAsync(content.SessionManager!, [SessionManagerProperties.CurrentSession], Token)).Missing.Single().Fault!.Fault.ShouldBeOfType<NotAuthenticated>();
        (await Should.ThrowAsync<VimFaultException>(() => new PropertyRetriever(client, content).GetAsync(content.RootFolder!, [FolderProperties.Name], Token))).Fault.ShouldBeOfType<NotAuthenticated>();
        (await Should.ThrowAsync<VimFaultException>(() => queries.CreateContainerViewAsync(content.ViewManager!, content.RootFolder!, true, cancellationToken: Token))).Fault.ShouldBeOfType<NotAuthenticated>();
    }

    private static Task<DateTimeOffset?> CurrentTimeAsync(TinySession session) => session.Queries.CurrentTimeAsync(ManagedObjectReference.ServiceInstance, Token);

    private static Task<UserSession?> CurrentAsync(TinySession session) => session.Retriever.GetAsync(session.Content.SessionManager!, SessionManagerProperties.CurrentSession, Token);
}
