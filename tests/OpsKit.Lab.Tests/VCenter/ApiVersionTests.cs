using System.Text;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

/// <summary>Clients older than the vCenter, and vCenters older than the client.</summary>
public sealed class ApiVersionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("8.0.3.0", true)]
    [InlineData("7.0.0.0", true)]
    [InlineData("6.7", false)]
    public async Task Old_client_is_spared_what_came_after_it(string version, bool has)
    {
        await using var vcenter = await StartAsync(LabSize.Small);
        var session = await vcenter.LoginAsync(apiVersion: version);

        var time = await session.Retriever.GetAsync(vcenter.Estate.Hosts[0].Reference(), HostSystemProperties.ConfigDateTimeInfo, Token);

        time!.TimeZone!.Key.ShouldBe("UTC");
        (time.SystemClockProtocol is not null).ShouldBe(has);
    }

    [Fact]
    public async Task Property_that_came_after_the_client_does_not_exist_for_it()
    {
        await using var vcenter = await StartAsync(LabSize.Small);
        var old = await vcenter.LoginAsync(apiVersion: "6.7");
        var spec = new PropertyFilterSpec
        {
            PropSet = [new PropertySpec { Type = "HostSystem", PathSet = ["name", "capability.deviceRebindWithoutRebootSupported"] }],
            ObjectSet = [new ObjectSpec { Obj = vcenter.Estate.Hosts[0].Reference() }],
        };

        var refusal = await Should.ThrowAsync<VimFaultException>(() => old.Queries.RetrievePropertiesAsync(old.Collector, [spec], Token));

        refusal.Fault.ShouldBeOfType<InvalidProperty>().Name.ShouldBe("capability.deviceRebindWithoutRebootSupported");
    }

    [Fact]
    public async Task All_properties_are_those_of_the_clients_version()
    {
        await using var vcenter = await StartAsync(LabSize.Small);
        var old = await vcenter.LoginAsync(apiVersion: "4.1");
        var spec = new PropertyFilterSpec
        {
            PropSet = [new PropertySpec { Type = "ManagedEntity", All = true }],
            ObjectSet = [.. vcenter.Estate.Hosts.Select(host => new ObjectSpec { Obj = host.Reference() }), .. vcenter.Machines.Select(machine => new ObjectSpec { Obj = machine.Reference() })],
        };

        var objects = await old.Queries.RetrievePropertiesAsync(old.Collector, [spec], Token);

        objects.Count.ShouldBe(vcenter.Estate.Hosts.Count + vcenter.Machines.Count);
        objects.SelectMany(content => content.PropSet).ShouldAllBe(property => property.Name != "licensableResource");
        objects.SelectMany(content => content.PropSet).ShouldContain(property => property.Name == "rootSnapshot");
    }

    [Fact]
    public async Task Operation_that_came_after_the_vcenter_has_no_name_there()
    {
        await using var vcenter = await StartAsync(LabSize.Field);
        var session = await vcenter.LoginAsync();

        var refusal = await Should.ThrowAsync<VimFaultException>(() => session.Changes.CreateSnapshotExTaskAsync(vcenter.Machines[0].Reference(), "s", memory: false, cancellationToken: Token));

        refusal.Fault.ShouldBeOfType<InvalidRequest>();
        refusal.Message.ShouldContain("Unable to resolve WSDL method name \"CreateSnapshotEx_Task\"");
    }

    [Fact]
    public async Task Field_that_came_after_the_vcenter_is_no_element_there()
    {
        await using var vcenter = await StartAsync(LabSize.Field);
        var session = await vcenter.LoginAsync();

        var refusal = await Should.ThrowAsync<VimFaultException>(() => session.Changes.ReconfigVMTaskAsync(
            vcenter.Machines[0].Reference(), new VirtualMachineConfigSpec { SevEnabled = true }, Token));

        refusal.Fault.ShouldBeOfType<InvalidRequest>();
        refusal.Message.ShouldContain("sevEnabled");
    }

    [Theory]
    [InlineData("urn:vim25/8.0.3.0")]
    [InlineData("\"urn:vim25/5.1\"")]
    [InlineData("urn:vim25/4.1.1")]
    [InlineData("urn:vim26/4.1")]
    [InlineData("http://www.w3.org/")]
    public async Task Version_that_the_vcenter_does_not_speak_is_refused(string action)
    {
        await using var vcenter = await StartAsync(LabSize.Field);

        var (status, body) = await PostAsync(vcenter, action);

        status.ShouldBe(500);
        body.ShouldContain($"Unsupported version URI \"{action.Trim('"')}\"");
    }

    [Theory]
    [InlineData("urn:vim25/5.0")]
    [InlineData("\"urn:vim25/4.1\"")]
    [InlineData("\"urn:vim25/2.5u2\"")]
    [InlineData("urn:vim25")]
    [InlineData("\"\"")]
    public async Task Versions_up_to_the_vcenters_own_are_spoken(string action)
    {
        await using var vcenter = await StartAsync(LabSize.Field);

        var (status, body) = await PostAsync(vcenter, action);

        status.ShouldBe(200, body);
    }

    private static Task<TinyVCenter> StartAsync(LabSize size) => TinyVCenter.StartAsync(size, inventory: (estate, one) => new LabInventory(estate, one));

    private static async Task<(int Status, string Body)> PostAsync(TinyVCenter vcenter, string action)
    {
        using var content = new StringContent(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><RetrieveServiceContent xmlns=\"urn:vim25\"><_this type=\"ServiceInstance\">ServiceInstance</_this></RetrieveServiceContent></e:Body></e:Envelope>",
            Encoding.UTF8, "text/xml");
        content.Headers.TryAddWithoutValidation("SOAPAction", action).ShouldBeTrue();
        using var response = await vcenter.Http().PostAsync(vcenter.Server.Sdk, content, Token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
