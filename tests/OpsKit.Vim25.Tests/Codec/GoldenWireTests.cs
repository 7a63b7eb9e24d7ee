using System.Xml.Linq;
using OpsKit.TestKit;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Codec;

public sealed class GoldenWireTests
{
    [Fact]
    public void Retrieval_through_a_container_view_is_the_known_document() => Matches("retrieve-properties-ex.xml", new RetrievePropertiesExRequest
    {
        Self = new ManagedObjectReference("PropertyCollector", "propertyCollector"),
        SpecSet =
        [
            new PropertyFilterSpec
            {
                PropSet = [new PropertySpec { Type = "VirtualMachine", PathSet = ["name", "config.hardware.device"] }],
                ObjectSet =
                [
                    new ObjectSpec
                    {
                        Obj = new ManagedObjectReference("ContainerView", "session[5]view-1"),
                        Skip = true,
                        SelectSet = [new TraversalSpec { Name = "view", Type = "ContainerView", Path = "view", Skip = false }],
                    },
                ],
            },
        ],
        Options = new RetrieveOptions { MaxObjects = 500 },
    });

    [Fact]
    public void Edit_of_one_disks_limit_is_the_known_document() => Matches("reconfigure-disk-limit.xml", new ReconfigVMTaskRequest
    {
        Self = new ManagedObjectReference("VirtualMachine", "vm-42"),
        Spec = new VirtualMachineConfigSpec
        {
            ChangeTrackingEnabled = true,
            DeviceChange =
            [
                new VirtualDeviceConfigSpec
                {
                    Operation = VirtualDeviceConfigSpecOperation.Edit,
                    Device = new VirtualDisk
                    {
                        Key = 2000,
                        Backing = new VirtualDiskFlatVer2BackingInfo { FileName = "[ds1] a/a.vmdk", DiskMode = "persistent", Datastore = new("Datastore", "datastore-1") },
                        ControllerKey = 1000,
                        UnitNumber = 0,
                        CapacityInKB = 41943040,
                        StorageIOAllocation = new StorageIOAllocationInfo { Limit = 500, Shares = new SharesInfo { Shares = 1000, Level = SharesLevel.Normal } },
                    },
                },
            ],
            ExtraConfig = [new OptionValue { Key = "note", Value = "a < b" }, new OptionValue { Key = "n", Value = 3 }],
        },
    });

    /// <summary>The answer holds what real servers send: subtypes, lists, references, times, faults; writing it again gives the same document.</summary>
    [Fact]
    public void Answer_reads_and_writes_as_the_known_document()
    {
        var file = Repository.PathOf("tests/OpsKit.Vim25.Tests/Codec/Golden/retrieve-result.xml");
        var result = Wire.Read<RetrieveResult>(File.ReadAllText(file));

        result.Token.ShouldBe("1");
        var machine = result.Objects.ShouldHaveSingleItem();
        machine.Obj.ShouldBe(new ManagedObjectReference("VirtualMachine", "vm-42"));
        var values = machine.PropSet.ToDictionary(property => property.Name!, property => property.Val, StringComparer.Ordinal);
        values["runtime.powerState"].ShouldBe(VirtualMachinePowerState.PoweredOn);
        var disk = values["config.hardware.device"].ShouldBeAssignableTo<IReadOnlyList<VirtualDevice>>()!.OfType<VirtualDisk>().ShouldHaveSingleItem();
        disk.Backing.ShouldBeOfType<VirtualDiskFlatVer2BackingInfo>().Datastore.ShouldBe(new ManagedObjectReference("Datastore", "datastore-1"));
        machine.MissingSet.ShouldHaveSingleItem().Fault!.Fault.ShouldBeOfType<NoPermission>().PrivilegeId.ShouldBe("System.Read");

        var written = XDocument.Parse(Wire.Write(result, "RetrieveResult")).Descendants().First(element => element.Name.LocalName == "value");
        Golden.ShouldMatch(Pretty(written), "retrieve-result-written.xml");
    }

    private static void Matches(string file, VimRequest request) => Golden.ShouldMatch(Pretty(XDocument.Parse(Wire.Write(request.Write)).Root!), file);

    private static string Pretty(XElement element) => element + "\n";
}
