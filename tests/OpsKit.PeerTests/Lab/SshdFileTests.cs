using OpsKit.Lab.Doors;
using OpsKit.Lab.Faults;

namespace OpsKit.PeerTests.Lab;

public sealed class SshdFileTests(SshdLab lab) : IClassFixture<SshdLab>
{
    private const int Size = 20 * 1024 * 1024;

    [Fact]
    public async Task Sftp_sends_and_fetches_twenty_megabytes_byte_for_byte()
    {
        var (sent, back) = (Random("sent.bin"), Path.Combine(lab.Folder, "back.bin"));

        var (status, output, error) = await lab.SftpAsync("esx01", $"put \"{sent}\" /sent.bin\nls -l /\nget /sent.bin \"{back}\"");

        status.ShouldBe(0, error);
        output.ShouldContain($"{Size}");
        File.ReadAllBytes(Path.Combine(lab.Files, "sent.bin")).AsSpan().SequenceEqual(File.ReadAllBytes(sent)).ShouldBeTrue();
        File.ReadAllBytes(back).AsSpan().SequenceEqual(File.ReadAllBytes(sent)).ShouldBeTrue();
        lab.Log.Changes.ShouldContain(operation => operation.Operation == ShellDoors.Upload && operation.Target == "/sent.bin");
    }

    [Fact]
    public async Task Scp_sends_and_fetches_folders_with_modes_and_times()
    {
        var (status, output, error) = await lab.ShAsync(
            """
            cd "$(mktemp -d)" && mkdir -p tree/below && echo one >tree/one && echo two >tree/below/two && chmod 640 tree/one && touch -d 2020-02-03T04:05:06Z tree/below/two
            scp -s -q -r -p $F tree esx01:/ && scp -s -q -r -p $F esx01:/tree back && diff -r tree back && stat -c '%a %Y' back/one back/below/two
            """);

        status.ShouldBe(0, error);
        output.Split('\n')[0].ShouldStartWith("640 ");
        output.Split('\n')[1].ShouldEndWith(" 1580702706");
    }

    [Fact]
    public async Task Sftp_makes_renames_lists_and_removes()
    {
        var (status, output, error) = await lab.SftpAsync("esx01", "mkdir /d\nput /etc/hostname /d/a\nrename /d/a /d/b\nchmod 600 /d/b\nls -1 /d\nrm /d/b\nrmdir /d\npwd");

        status.ShouldBe(0, error);
        output.ShouldContain("/d/b");
        output.ShouldContain("Remote working directory: /");
        Directory.Exists(Path.Combine(lab.Files, "d")).ShouldBeFalse();
        lab.Log.Changes.Where(operation => operation.Target.StartsWith("/d", StringComparison.Ordinal)).Select(operation => operation.Operation)
            .ShouldBe(["sftp mkdir", ShellDoors.Upload, "sftp rename", "sftp setstat", "sftp remove", "sftp rmdir"]);
    }

    [Theory]
    [InlineData("get /missing", "not found")]
    [InlineData("rm /missing", "No such file")]
    [InlineData("rmdir /full", "Failure")]
    [InlineData("mkdir /full", "Failure")]
    [InlineData("put /etc/hostname /missing/file", "No such file")]
    [InlineData("get /../../../../../etc/passwd", "not found")]
    [InlineData("get /out/passwd", "not found")]
    [InlineData("cd /round", "Failure")]
    public async Task Sftp_says_what_fails(string command, string expected)
    {
        Directory.CreateDirectory(Path.Combine(lab.Files, "full", "er"));
        Link("out", "/etc");
        Link("round", "/round");

        var (status, _, error) = await lab.SftpAsync("esx01", command);

        status.ShouldBe(1);
        error.ShouldContain(expected);
    }

    [Fact]
    public async Task Links_lead_within_the_things_own_files()
    {
        Directory.CreateDirectory(Path.Combine(lab.Files, "volumes", "uuid"));
        Link("volumes/datastore1", "/volumes/uuid");

        (await lab.SftpAsync("esx01", "put /etc/hostname /volumes/datastore1/x")).Status.ShouldBe(0);

        File.Exists(Path.Combine(lab.Files, "volumes", "uuid", "x")).ShouldBeTrue();
    }

    [Fact]
    public async Task Endpoint_without_files_refuses_sftp()
    {
        var (status, _, error) = await lab.SftpAsync("bare", "ls /");

        status.ShouldBe(255);
        error.ShouldContain("subsystem request failed");
    }

    [Fact]
    public async Task Full_disk_fails_the_upload_only()
    {
        lab.Faults.Add(new Fault(FaultKind.DiskFull) { Endpoint = "esx01", Operation = ShellDoors.Upload, Times = 1 });

        var (status, _, error) = await lab.SftpAsync("esx01", "put /etc/hostname /full-disk");

        status.ShouldBe(1);
        error.ShouldContain("write remote \"/full-disk\": Failure");
        (await lab.SftpAsync("esx01", "put /etc/hostname /full-disk")).Status.ShouldBe(0);
    }

    [Fact]
    public async Task Upload_is_cut_in_its_middle()
    {
        var sent = Random("cut.bin");
        lab.Faults.Add(new Fault(FaultKind.Cut) { Endpoint = "esx01", Operation = ShellDoors.Upload, Times = 1 });

        var (status, _, _) = await lab.SftpAsync("esx01", $"put \"{sent}\" /cut.bin");

        status.ShouldBe(255);
        new FileInfo(Path.Combine(lab.Files, "cut.bin")).Length.ShouldBeInRange(1, Size - 1);
    }

    [Fact]
    public async Task Garbled_upload_arrives_damaged()
    {
        var sent = Random("garbled.bin");
        lab.Faults.Add(new Fault(FaultKind.Garbled) { Endpoint = "esx01", Operation = ShellDoors.Upload, Times = 1 });

        (await lab.SftpAsync("esx01", $"put \"{sent}\" /garbled.bin")).Status.ShouldBe(0);

        var (before, after) = (File.ReadAllBytes(sent), File.ReadAllBytes(Path.Combine(lab.Files, "garbled.bin")));
        after.Zip(before).Count(pair => pair.First != pair.Second).ShouldBe(1);
    }

    private void Link(string name, string target)
    {
        var link = Path.Combine(lab.Files, name);
        if (new FileInfo(link).LinkTarget is null)
            File.CreateSymbolicLink(link, target);
    }

    private string Random(string name)
    {
        var path = Path.Combine(lab.Folder, name);
        var bytes = new byte[Size];
        new Random(Size).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
