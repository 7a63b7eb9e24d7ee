using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

/// <summary>The lab's own inventory over the wire: everything it says of itself is valid.</summary>
public sealed class WholeInventoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Small")]
    [InlineData("Field")]
    public async Task All_properties_of_all_objects_are_written_as_the_schema_says(string size)
    {
        await using var vcenter = await TinyVCenter.StartAsync(Enum.Parse<LabSize>(size), inventory: (estate, one) => new LabInventory(estate, one));
        var session = await vcenter.LoginAsync();
        var view = await session.Queries.CreateContainerViewAsync(session.Content.ViewManager!, session.Content.RootFolder!, recursive: true, cancellationToken: Token);
        var managers = new[] { session.Content.LicenseManager, session.Content.PerfManager, session.Content.EventManager, session.Content.TaskManager, session.Content.Setting, session.Content.SessionManager, ManagedObjectReference.ServiceInstance }.OfType<ManagedObjectReference>().ToArray();
        var hostSystems = new TraversalSpec[] { Of("networkSystem"), Of("firewallSystem"), Of("serviceSystem"), Of("pciPassthruSystem"), Of("advancedOption") };
        var result = await session.Queries.RetrievePropertiesAsync(
            session.Collector,
            [
                new()
                {
                    PropSet = [.. new[] { "ManagedEntity", "HostNetworkSystem", "HostFirewallSystem", "HostServiceSystem", "HostPciPassthruSystem", "OptionManager", "VirtualMachineSnapshot" }.Concat(managers.Select(manager => manager.Type)).Distinct().Select(type => new PropertySpec { Type = type, All = true })],
                    ObjectSet =
                    [
                        new() { Obj = view, Skip = true, SelectSet = [new TraversalSpec { Type = "ContainerView", Path = "view", SelectSet = [.. hostSystems, new TraversalSpec { Type = "VirtualMachine", Path = "rootSnapshot" }] }] },
                        .. managers.Select(manager => new ObjectSpec { Obj = manager }),
                    ],
                },
            ],
            Token);

        result.Select(content => content.Obj!.Type).Distinct().ShouldContain("HostNetworkSystem");
        result.Count(content => content.Obj!.Type == "VirtualMachine").ShouldBe(vcenter.Machines.Count);
        result.ShouldAllBe(content => content.PropSet.Count > 0);
        vcenter.Schema.Violations.ShouldBeEmpty();
    }

    private static TraversalSpec Of(string system) => new() { Type = "HostSystem", Path = $"configManager.{system}" };
}
