using System.Text;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Operations;
using OpsKit.TestKit;
using OpsKit.Vim25;
using OpsKit.Vim25.Tests.Codec;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

/// <summary>What the manifest lists, the lab has: an operation or a property path that is added there fails here until the lab knows it.</summary>
public sealed class ManifestTests
{
    /// <summary>Nothing in the estates has these; they are unset on most real objects, too.</summary>
    private static readonly string[] NeverSet =
    [
        "VirtualApp", "VirtualMachine parentVApp", "VirtualMachine config.ftInfo", "VirtualMachine config.managedBy", "VirtualMachine runtime.question",
        "HostSystem config.network.consoleVnic", "HostSystem summary.currentEVCModeKey", "HostSystem summary.maxEVCModeKey", "HostNetworkSystem consoleIpRouteConfig",
    ];

    private const int Rounds = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_is_answered_whatever_it_is_asked()
    {
        LabInventory? inventory = null;
        LabOperations? operations = null;
        await using var vcenter = await TinyVCenter.StartAsync(
            inventory: (estate, one) => inventory = new LabInventory(estate, one),
            operations: (estate, _) => operations = new LabOperations(estate, inventory!));
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            var session = await vcenter.LoginAsync();
            foreach (var operation in VimTypes.Requests(ManagedObjectReference.ServiceInstance).Select(request => request.Operation))
            {
                var request = VimTypes.Requests(await SelfAsync(vcenter, session, operation)).Single(request => request.Operation == operation);

                // Every other time only what is required is filled in.
                new RandomObjects(round * 1000 + operation.Length).Fill(request, depth: round % 2 == 0 ? 2 : 0);
                var (status, body) = await vcenter.PostAsync(Written(request), session.Http);
                ((int)status).ShouldBeOneOf([200, 500], $"{operation}: {body}");
                body.ShouldContain("Envelope", customMessage: $"{operation} breaks the server");
                body.Contains("SystemErrorFault", StringComparison.Ordinal).ShouldBeFalse($"{operation}: {body}");
                if (body.Contains("MethodNotFoundFault", StringComparison.Ordinal) || body.Contains($"The operation {operation} is not supported", StringComparison.Ordinal))
                    unknown.Add(operation);
                vcenter.Real.Advance(TimeSpan.FromSeconds(10));
                if (request is LogoutRequest)
                    session = await vcenter.LoginAsync();
            }
        }

        unknown.ShouldBeEmpty();
        inventory!.Tasks.All.Where(task => task.Error?.Fault is SystemError).Select(task => $"{task.Model.Operation}: {task.Error!.LocalizedMessage}").ShouldBeEmpty();
        operations!.Dispose();
    }

    [Fact]
    public void Every_property_path_is_set_on_some_object()
    {
        var labs = new[] { LabSize.Small, LabSize.Field }.Select(size => new OperatedLab(size)).ToList();
        labs[0].Run(new CreateSnapshotTaskRequest { Self = labs[0].Machine("web01").Reference(), Name = "one", Memory = false, Quiesce = false }).State.ShouldBe(TaskInfoState.Success);
        labs[0].Run(new ReconfigVMTaskRequest { Self = labs[0].Machine("web01").Reference(), Spec = new VirtualMachineConfigSpec { Annotation = "noted" } }).State.ShouldBe(TaskInfoState.Success);

        var unset = ManifestPaths().Where(path => !labs.Exists(lab => IsSet(lab, path.Type, path.Path))).Select(path => $"{path.Type} {path.Path}").ToList();

        unset.Where(path => !NeverSet.Contains(path) && !NeverSet.Contains(path.Split(' ')[0])).ShouldBeEmpty();
        NeverSet.Where(known => !unset.Exists(path => path == known || path.StartsWith(known + " ", StringComparison.Ordinal))).ShouldBeEmpty("they are set after all");
        labs.ForEach(lab => lab.Dispose());
    }

    private static IEnumerable<(string Type, string Path)> ManifestPaths() =>
        from line in File.ReadLines(Repository.PathOf("src/OpsKit.Vim25/vim25.manifest"))
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where words is ["property", _, ..]
        from path in words.Skip(2)
        select (words[1], path);

    private static bool IsSet(OperatedLab lab, string type, string path)
    {
        // The service's own objects are not the inventory's; their tests are those of sessions and views.
        if (type is "ServiceInstance" or "SessionManager" or "ContainerView")
            return true;
        foreach (var reference in Everything(lab))
        {
            if (lab.Inventory.TypeOf(reference) is { } name && TypeShape.OfManagedObject(name) is { } shape && shape.Is(type)
                && OpsKit.Lab.VCenter.PropertyCollector.CompiledPath.Compile(SchemaVersion.Of("8.0.3.0"), shape, path) is var compiled
                && compiled.Follow(lab.Inventory.Property(reference, compiled.Root)) is { } value && value is not IArrayOf { TypeName: "" })
                return true;
        }

        return false;
    }

    private static IEnumerable<ManagedObjectReference> Everything(OperatedLab lab)
    {
        var entities = OpsKit.Lab.VCenter.Views.Containment.Of(lab.Inventory, WellKnown.RootFolder, recursive: true).Prepend(WellKnown.RootFolder).ToList();
        var tasks = lab.Inventory.Tasks.All.Select(task => task.Reference);
        var snapshots = lab.Estate.Machines.SelectMany(machine => SnapshotTree.All(machine)).Select(snapshot => snapshot.Reference());
        var systems = lab.Estate.Hosts.SelectMany(host => HostSystems.All.Select(system => HostSystems.Reference(host, system.Prefix)));
        ManagedObjectReference[] managers = [WellKnown.TaskManager, WellKnown.LicenseManager, WellKnown.PerformanceManager, WellKnown.EventManager, WellKnown.Setting];
        return [.. entities, .. tasks, .. snapshots, .. systems, .. managers];
    }

    /// <summary>An object that has the operation; made anew where the operation may end it.</summary>
    private static async Task<ManagedObjectReference> SelfAsync(TinyVCenter vcenter, TinySession session, string operation)
    {
        var host = vcenter.Estate.Hosts[3];
        var type = VimTypes.Requests(ManagedObjectReference.ServiceInstance).Single(request => request.Operation == operation).ObjectType;
        return type switch
        {
            "ServiceInstance" => ManagedObjectReference.ServiceInstance,
            "SessionManager" => session.Content.SessionManager!,
            "PropertyCollector" when operation == "DestroyPropertyCollector" => (await session.Queries.CreatePropertyCollectorAsync(session.Collector, Token))!,
            "PropertyCollector" => await CollectorAsync(session),
            "PropertyFilter" => await FilterAsync(session),
            "ViewManager" => session.Content.ViewManager!,
            "View" or "ListView" => (await session.Queries.CreateListViewAsync(session.Content.ViewManager!, [WellKnown.RootFolder], Token))!,
            "SearchIndex" => session.Content.SearchIndex!,
            "VirtualMachine" => vcenter.Machines[0].Reference(),
            "VirtualMachineSnapshot" => Snapshot(vcenter),
            "Task" => (await session.Changes.EnterMaintenanceModeTaskAsync(host.Reference(), timeout: 0, cancellationToken: Token))!,
            "HostSystem" => host.Reference(),
            "EnvironmentBrowser" => new ManagedObjectReference(type, "envbrowser-" + Refs.Number(vcenter.Machines[0].Id)),
            "LicenseAssignmentManager" => new ManagedObjectReference(type, type),
            "PerformanceManager" => session.Content.PerfManager!,
            "EventManager" => session.Content.EventManager!,
            "OptionManager" => HostSystems.Reference(host, "EsxHostAdvSettings"),
            _ => HostSystems.Reference(host, HostSystems.All.Single(system => system.Type == type).Prefix),
        };
    }

    /// <summary>One with news, so that waiting ends.</summary>
    private static async Task<ManagedObjectReference> CollectorAsync(TinySession session)
    {
        await FilterAsync(session);
        return session.Collector;
    }

    private static async Task<ManagedObjectReference> FilterAsync(TinySession session)
    {
        var spec = new PropertyFilterSpec { PropSet = [new PropertySpec { Type = "Folder", PathSet = ["name"] }], ObjectSet = [new ObjectSpec { Obj = WellKnown.RootFolder }] };
        return (await session.Queries.CreateFilterAsync(session.Collector, spec, partialUpdates: false, Token))!;
    }

    private static ManagedObjectReference Snapshot(TinyVCenter vcenter)
    {
        lock (vcenter.Estate.Gate)
        {
            var snapshot = new LabSnapshot { Id = $"snapshot-{vcenter.Estate.NextId()}", Name = "s", Created = DateTimeOffset.UnixEpoch };
            vcenter.Machines[1].Snapshots.Add(snapshot);
            return snapshot.Reference();
        }
    }

    private static string Written(VimRequest request)
    {
        using var body = new MemoryStream();
        using (var writer = VimWriter.Create(body))
            writer.WriteEnvelope(request);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
