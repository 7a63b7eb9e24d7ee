using System.Xml.Linq;
using OpsKit.TestKit;
using OpsKit.Vim25.Tests.Soap;

namespace OpsKit.Vim25.Tests.Retrieval;

/// <summary>Plays a vCenter's property collector and views over an inventory of virtual machines vm-0, vm-1, …</summary>
internal sealed class InventoryServer : IAsyncDisposable
{
    private static readonly XNamespace Vim = "urn:vim25";
    private static readonly string[] KnownPaths = ["name", "config.extraConfig", "runtime.powerState"];

    private readonly Lock _gate = new();
    private readonly Scripted _scripted;
    private readonly List<string> _machines;
    private readonly Dictionary<string, (string[] Paths, string[] Machines, int Size)> _open = [];
    private int _views;
    private int _tokens;

    internal InventoryServer(int machines, TimeProvider? clock = null)
    {
        _machines = [.. Enumerable.Range(0, machines).Select(i => $"vm-{i}")];
        _scripted = Scripted.Start(SoapServer.Start(request =>
        {
            lock (_gate)
                return Before?.Invoke(request) ?? Answer(request);
        }));
        Properties = new PropertyRetriever(_scripted.Client, Scripted.Content, clock);
    }

    internal PropertyRetriever Properties { get; }

    /// <summary>Most objects the server sends in one answer, whatever is asked for.</summary>
    internal int MostObjects { get; init; } = int.MaxValue;

    /// <summary>Answers instead of the server where it returns something; called under its lock.</summary>
    internal Func<SoapRequest, SoapAnswer?>? Before { get; set; }

    internal IReadOnlyList<string> Calls => _scripted.Server.Operations;

    /// <summary>Bodies of the requests of an operation.</summary>
    internal IEnumerable<string> Requests(string operation) => _scripted.Server.Requests.Where(request => request.Operation == operation).Select(request => request.Body);

    /// <summary>Views and pages that nobody fetched or gave back.</summary>
    internal int LeftBehind
    {
        get
        {
            lock (_gate)
                return _views + _open.Count;
        }
    }

    internal void Delete(string machine) => _machines.Remove(machine);

    internal static SoapAnswer NotFound(string machine) =>
        SoapAnswer.Fault("ManagedObjectNotFound", "It has already been deleted.", $"""<obj type="VirtualMachine">{machine}</obj>""");

    public ValueTask DisposeAsync() => _scripted.DisposeAsync();

    private SoapAnswer Answer(SoapRequest request)
    {
        var call = XDocument.Parse(request.Body).Descendants(Vim + request.Operation).Single();
        switch (request.Operation)
        {
            case "CreateContainerView":
                _views++;
                return SoapAnswer.Response(request.Operation, """<returnval type="ContainerView">view-1</returnval>""");
            case "DestroyView":
                _views--;
                return SoapAnswer.Response(request.Operation);
            case "RetrievePropertiesEx":
                return First(call);
            case "ContinueRetrievePropertiesEx":
                _open.Remove(call.Element(Vim + "token")!.Value, out var open).ShouldBeTrue();
                return Page(request.Operation, open.Paths, open.Machines, open.Size);
            case "CancelRetrievePropertiesEx":
                _open.Remove(call.Element(Vim + "token")!.Value).ShouldBeTrue();
                return SoapAnswer.Response(request.Operation);
            default:
                throw new InvalidOperationException(request.Operation);
        }
    }

    private SoapAnswer First(XElement call)
    {
        var paths = call.Descendants(Vim + "pathSet").Select(path => path.Value).ToArray();
        if (Array.Find(paths, path => !KnownPaths.Contains(path)) is { } strange)
            return SoapAnswer.Fault("InvalidProperty", $"The property {strange} is not valid.", $"<name>{strange}</name>");
        var named = call.Descendants(Vim + "obj").Where(obj => obj.Attribute("type")!.Value == "VirtualMachine").Select(obj => obj.Value).ToArray();
        if (Array.Find(named, machine => !_machines.Contains(machine)) is { } gone)
            return NotFound(gone);
        var size = (int?)call.Descendants(Vim + "maxObjects").SingleOrDefault() ?? int.MaxValue;
        return Page("RetrievePropertiesEx", paths, named.Length > 0 ? named : [.. _machines], size);
    }

    private SoapAnswer Page(string operation, string[] paths, string[] machines, int size)
    {
        var count = Math.Min(Math.Min(size, MostObjects), machines.Length);
        if (machines.Length == 0)
            return SoapAnswer.Response(operation);
        var token = "";
        if (count < machines.Length)
        {
            token = $"token-{++_tokens}";
            _open[token] = (paths, machines[count..], size);
            token = $"<token>{token}</token>";
        }

        return SoapAnswer.Response(operation, $"<returnval>{token}{string.Concat(machines[..count].Select(machine => Object(machine, paths)))}</returnval>");
    }

    /// <summary>Every machine has a name and a power state; nobody may read its further settings.</summary>
    private static string Object(string machine, string[] paths) => string.Concat(
        [$"""<objects><obj type="VirtualMachine">{machine}</obj>""", .. paths.Order(StringComparer.Ordinal).Select(path => Property(machine, path)), "</objects>"]);

    private static string Property(string machine, string path) => path switch
    {
        "name" => $"""<propSet><name>name</name><val xsi:type="xsd:string">name of {machine}</val></propSet>""",
        "runtime.powerState" => """<propSet><name>runtime.powerState</name><val xsi:type="VirtualMachinePowerState">poweredOff</val></propSet>""",
        _ => $"""
            <missingSet><path>{path}</path><fault><fault xsi:type="NoPermission"><object type="VirtualMachine">{machine}</object><privilegeId>System.Read</privilegeId></fault>
            <localizedMessage>Permission to perform this operation was denied.</localizedMessage></fault></missingSet>
            """,
    };
}
