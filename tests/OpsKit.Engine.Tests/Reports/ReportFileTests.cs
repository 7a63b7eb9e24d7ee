using OpsKit.Connections;
using OpsKit.Engine.Reports;

namespace OpsKit.Engine.Tests.Reports;

public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-report").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string InFolder(string name) => Path.Combine(_folder, name);

    [Fact]
    public void New_file_is_written_and_nothing_else_is_left()
    {
        ReportFile.Write(InFolder("a.csv"), stream => stream.Write("x"u8));

        File.ReadAllText(InFolder("a.csv")).ShouldBe("x");
        Directory.GetFiles(_folder).Length.ShouldBe(1);
    }

    [Fact]
    public void Existing_file_survives_a_failure_half_way()
    {
        File.WriteAllText(InFolder("a.csv"), "old");

        Should.Throw<InvalidDataException>(() => ReportFile.Write(InFolder("a.csv"), stream =>
        {
            stream.Write("half"u8);
            throw new InvalidDataException();
        }));

        File.ReadAllText(InFolder("a.csv")).ShouldBe("old");
        Directory.GetFiles(_folder).Length.ShouldBe(1);
    }

    [Fact]
    public void Existing_file_is_replaced_and_keeps_its_mode()
    {
        File.WriteAllText(InFolder("a.csv"), "old");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(InFolder("a.csv"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        ReportFile.Write(InFolder("a.csv"), stream => stream.Write("new"u8));

        File.ReadAllText(InFolder("a.csv")).ShouldBe("new");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(InFolder("a.csv")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Symbolic_link_is_followed_not_replaced()
    {
        File.WriteAllText(InFolder("real.csv"), "old");
        File.CreateSymbolicLink(InFolder("link.csv"), InFolder("real.csv"));

        ReportFile.Write(InFolder("link.csv"), stream => stream.Write("new"u8));

        File.ReadAllText(InFolder("real.csv")).ShouldBe("new");
        new FileInfo(InFolder("link.csv")).LinkTarget.ShouldNotBeNull();
    }

    [Fact]
    public void Missing_folder_is_named_with_the_command_that_makes_it()
    {
        var error = Should.Throw<OpsKitException>(() => ReportFile.CheckWritable(InFolder("none/a.csv")));

        error.Kind.ShouldBe(FailureKind.Usage);
        error.What.ShouldBe($"the folder {InFolder("none")} does not exist");
        error.Next!.ShouldStartWith("mkdir");
    }

    [Fact]
    public void Folder_as_file_is_refused() =>
        Should.Throw<OpsKitException>(() => ReportFile.CheckWritable(_folder)).What.ShouldBe("is a folder, not a file");

    [Fact]
    public void Folder_that_takes_no_files_is_refused_before_any_work()
    {
        if (OperatingSystem.IsWindows())
            return;

        // sysfs takes no new files, not even from root.
        var error = Should.Throw<OpsKitException>(() => ReportFile.CheckWritable("/sys/kernel/a.csv"));

        error.What.ShouldStartWith("cannot be written");
        error.Kind.ShouldBe(FailureKind.Usage);
    }

    [Fact]
    public void Check_leaves_nothing_behind()
    {
        ReportFile.CheckWritable(InFolder("a.csv"));

        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void Device_is_written_to_not_replaced()
    {
        if (OperatingSystem.IsWindows())
            return;

        ReportFile.CheckWritable("/dev/null");
        ReportFile.Write("/dev/null", stream => stream.Write("x"u8));

        File.GetAttributes("/dev/null").HasFlag(FileAttributes.Normal).ShouldBeTrue();
        File.Exists("/dev/null").ShouldBeTrue();
    }
}
