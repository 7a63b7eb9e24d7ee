using System.Net.Sockets;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.Hosting;

public sealed class ServedVCenterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-lab-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_served_lab_has_its_vcenter_and_host_goes_through_maintenance_in_it()
    {
        await using var lab = await StartAsync();
        var served = lab.VCenters.ShouldHaveSingleItem();
        using var http = Http(served);
        var client = new SoapClient(http, http.BaseAddress!) { ApiVersion = "8.0.3.0" };
        var (queries, changes) = (new VimQueries(client), new VimChanges(client));
        var content = (await queries.RetrieveServiceContentAsync(ManagedObjectReference.ServiceInstance, Token))!;
        await new VimSessions(client).LoginAsync(content.SessionManager!, served.VCenter.Accounts[0].User, served.VCenter.Accounts[0].Password, cancellationToken: Token);
        var tasks = new TaskWaiter(queries, changes, new PropertyRetriever(client, content), content);
        var host = lab.Estate.Hosts[0];

        var enter = await changes.EnterMaintenanceModeTaskAsync(host.Reference(), timeout: 0, cancellationToken: Token);
        await tasks.WaitAsync(enter!, cancellationToken: Token);
        host.InMaintenanceMode.ShouldBeTrue();
        var reboot = await changes.RebootHostTaskAsync(host.Reference(), force: false, cancellationToken: Token);
        await tasks.WaitAsync(reboot!, cancellationToken: Token);
        var exit = await changes.ExitMaintenanceModeTaskAsync(lab.Estate.Hosts[0].Reference(), timeout: 0, cancellationToken: Token);
        exit.ShouldNotBeNull();
        lab.Log.Changes.Select(operation => operation.Operation).ShouldBe(["EnterMaintenanceMode_Task", "RebootHost_Task", "ExitMaintenanceMode_Task"]);
        lab.Messages!.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_of_the_list_makes_a_task_fail()
    {
        await using var lab = await StartAsync();
        lab.Faults.Add(new Fault(FaultKind.TaskFailure) { Operation = "CreateSnapshot_Task", Times = 1 });
        var served = lab.VCenters[0];
        using var http = Http(served);
        var client = new SoapClient(http, http.BaseAddress!) { ApiVersion = "8.0.3.0" };
        var (queries, changes) = (new VimQueries(client), new VimChanges(client));
        var content = (await queries.RetrieveServiceContentAsync(ManagedObjectReference.ServiceInstance, Token))!;
        await new VimSessions(client).LoginAsync(content.SessionManager!, served.VCenter.Accounts[0].User, served.VCenter.Accounts[0].Password, cancellationToken: Token);
        var tasks = new TaskWaiter(queries, changes, new PropertyRetriever(client, content), content);
        var machine = lab.Estate.Machines[0];

        var first = await changes.CreateSnapshotTaskAsync(machine.Reference(), "one", memory: false, quiesce: false, cancellationToken: Token);
        (await Should.ThrowAsync<VimTaskException>(() => tasks.WaitAsync(first!, cancellationToken: Token))).Fault.ShouldBeOfType<SystemError>();
        var second = await changes.CreateSnapshotTaskAsync(machine.Reference(), "two", memory: false, quiesce: false, cancellationToken: Token);
        await tasks.WaitAsync(second!, cancellationToken: Token);
        machine.Snapshots.ShouldHaveSingleItem().Name.ShouldBe("two");
        lab.Messages!.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_lab_starts_and_is_whole()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Folder = Path.Combine(_folder.FullName, "lab"), Size = LabSize.Large }, Token);
        var served = lab.VCenters.ShouldHaveSingleItem();
        using var http = Http(served);
        var client = new SoapClient(http, http.BaseAddress!) { ApiVersion = "8.0.3.0" };
        var content = (await new VimQueries(client).RetrieveServiceContentAsync(ManagedObjectReference.ServiceInstance, Token))!;
        await new VimSessions(client).LoginAsync(content.SessionManager!, served.VCenter.Accounts[0].User, served.VCenter.Accounts[0].Password, cancellationToken: Token);
        var hosts = new List<ManagedObjectReference>();
        await foreach (var machine in new PropertyRetriever(client, content).RetrieveAsync(PropertyCollectorQuery.All("VirtualMachine", VirtualMachineProperties.Name, VirtualMachineProperties.RuntimeHost), Token))
            hosts.Add(machine.Get(VirtualMachineProperties.RuntimeHost)!);

        hosts.Count.ShouldBe(5000);
        hosts.CountBy(host => host).Select(pair => pair.Value).ShouldAllBe(count => count == 25);
        hosts.Distinct().Count().ShouldBe(200);
    }

    [Fact]
    public async Task A_taken_port_is_told()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        (await Should.ThrowAsync<Connections.OpsKitException>(() => StartAsync(port))).Message.ShouldContain($"{port}");
    }

    private Task<LabServer> StartAsync(int port = 0) => LabServer.StartAsync(new LabOptions { Folder = Path.Combine(_folder.FullName, "lab"), Size = LabSize.Small, Speed = 600, Port = port, CheckMessages = true }, Token);

    private static HttpClient Http(ServedVCenter served)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            string.Equals(certificate?.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256), served.Thumbprint, StringComparison.OrdinalIgnoreCase);
        return new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{served.Port}/sdk") };
    }
}
