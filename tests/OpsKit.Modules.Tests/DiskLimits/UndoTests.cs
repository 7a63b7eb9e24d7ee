using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Modules.DiskLimits;

namespace OpsKit.Modules.Tests.DiskLimits;

public sealed class UndoTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-undo-");

    private string File => UndoWriter.FileIn(_folder.FullName);

    private JumpHost JumpHost => JumpHost.From(new Dictionary<string, string>(), _folder.FullName, _folder.FullName, windows: false);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_written_is_read_and_only_its_owner_may()
    {
        var capped = new UndoDisk(2001, "Hard disk 2 (scsi0:1)") { CapSlot = "scsi0:1", Cap = null };
        var writer = new UndoWriter();
        writer.Add(_folder.FullName, Entry("vm-1", Disk(null, 500), capped));
        writer.Add(_folder.FullName, Entry("vm-2", Disk(800, null)));

        var read = UndoReader.Read(JumpHost, File);
        read.Select(entry => (entry.VCenter, entry.Id, entry.Name)).ShouldBe([("vc1", "vm-1", "vm \"1\""), ("vc1", "vm-2", "vm \"2\"")]);
        read[0].Disks.ShouldBe([Disk(null, 500), capped]);
        read[1].Disks.ShouldBe([Disk(800, null)]);
        if (!OperatingSystem.IsWindows())
            System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Names that a selector would take for something else.</summary>
    [Theory]
    [InlineData("build agent", "vm:build agent")]
    [InlineData("db 01, old", "vm:db 01, old")]
    [InlineData("db  01", "vm:?b??01")]
    [InlineData("web tag=x", "vm:?eb?tag=x")]
    [InlineData("folder=1", "vm:?older=1")]
    public void Machine_is_selected_by_its_name_whatever_it_is(string name, string selector)
    {
        UndoTargets.Selector(name).ShouldBe(selector);
        var read = OpsKit.Engine.Playbooks.TargetSelector.Parse(selector, "undo");
        (read.Tags.Count, read.Folder, OpsKit.Connections.Inventory.GlobPattern.Matches(read.Pattern, name)).ShouldBe((0, null, true));
    }

    /// <summary>A change that was begun twice, or two steps on one machine: what was there before the first of them is the old value.</summary>
    [Fact]
    public void First_old_value_of_a_disk_holds()
    {
        var writer = new UndoWriter();
        writer.Add(_folder.FullName, Entry("vm-1", Disk(null, 500)));
        writer.Add(_folder.FullName, Entry("vm-1", Disk(500, 100)));

        UndoReader.Read(JumpHost, File).ShouldHaveSingleItem().Disks.ShouldBe([Disk(null, 100)]);
    }

    [Theory]
    [InlineData("{\"vCenter\":\"vc1\",\"id\":\"vm-3\",\"vm\":\"a\",\"disks\":[{\"key\":2000,")]
    [InlineData("{\"vCe")]
    public void Line_that_a_crash_cut_short_is_of_a_machine_that_was_not_changed(string torn)
    {
        var writer = new UndoWriter();
        writer.Add(_folder.FullName, Entry("vm-1", Disk(null, 500)));
        System.IO.File.AppendAllText(File, torn);
        UndoReader.Read(JumpHost, File).ShouldHaveSingleItem();
        writer.Add(_folder.FullName, Entry("vm-2", Disk(null, 500)));

        UndoReader.Read(JumpHost, File).Select(entry => entry.Id).ShouldBe(["vm-1", "vm-2"]);
    }

    [Theory]
    [InlineData("", "has no machine in it")]
    [InlineData("hello\n", "line 1 is no entry of an undo file: hello")]
    [InlineData("{\"vCenter\":\"vc1\",\"id\":\"vm-3\",\"vm\":\"a\",\"disks\":[{\"key\":\"x\",\"disk\":\"d\"}]}\n", "line 1 is no entry of an undo file")]
    [InlineData("{\"vCenter\":null,\"id\":\"vm-3\",\"vm\":\"a\",\"disks\":[]}\n", "line 1 is no entry of an undo file")]
    public void Other_file_is_refused_with_its_line(string text, string what)
    {
        System.IO.File.WriteAllText(File, text);

        var failure = Should.Throw<OpsKitException>(() => UndoReader.Read(JumpHost, File));
        (failure.Kind, failure.Target).ShouldBe((FailureKind.Usage, File));
        failure.What.ShouldStartWith(what);
    }

    [Fact]
    public void File_that_is_not_there_is_told_with_where_to_look() =>
        Should.Throw<OpsKitException>(() => UndoReader.Read(JumpHost, "nowhere.jsonl")).Next.ShouldBe("opskit runs show RUN names the run's folder; its undo file is disk-limits-undo.jsonl");

    [Fact]
    public void Values_are_put_back_and_what_somebody_else_did_is_told()
    {
        var machine = Machines.Of(Machines.PerDisk, "ds01:500", "ds01:800", "ds01:-");
        var entry = new UndoEntry("vc1", "vm-1", "db01", [Named(0, null, 500), Named(1, 100, 500), Named(2, null, 500)]);

        var plan = UndoPlanner.Plan(Machines.Target, machine, entry);
        plan.Changes.ShouldHaveSingleItem().Id.ShouldBe("limit:2000=none,2001=100");
        plan.Warnings[0].ShouldBe("Hard disk 2 (scsi0:1) has 800 IOPS now, not the 500 IOPS it was given: somebody has changed it since");
        plan.Warnings.Count(warning => warning.Contains("somebody")).ShouldBe(1);
        UndoPlanner.Plan(Machines.Target, machine, entry: null).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Another_disk_in_the_place_of_the_old_one_is_not_touched()
    {
        var machine = Machines.Of(Machines.PerDisk, "ds01:500").With(disks => disks with { Disks = [disks.Disks[0] with { Slot = "scsi1:0" }] });

        var plan = UndoPlanner.Plan(Machines.Target, machine, new UndoEntry("vc1", "vm-1", "db01", [Named(0, null, 500)]));
        plan.Changes.ShouldBeEmpty();
        plan.Blockers.ShouldBe(["it has no Hard disk 1 (scsi0:0) any more, or another disk has its place"]);
    }

    private static UndoDisk Disk(long? limit, long? given) => Named(0, limit, given);

    private static UndoDisk Named(int place, long? limit, long? given) => new(2000 + place, $"Hard disk {place + 1} (scsi0:{place})") { HasLimit = true, Limit = limit, Given = given };

    private static UndoEntry Entry(string id, params UndoDisk[] disks) => new("vc1", id, $"vm \"{id[^1]}\"", disks);
}
