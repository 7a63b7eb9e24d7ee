using System.Text;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Doors.Sftp;
using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Tests.Doors;

public sealed class SftpServerTests : IDisposable
{
    private const uint Nothing = 0;
    private readonly SftpLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Greeting_tells_version_and_extensions()
    {
        var answer = (await _lab.AskAsync(SftpLab.Packet(SftpKind.Init, 3u))).Single();

        answer.Kind.ShouldBe(SftpKind.Version);
        answer.UInt32().ShouldBe(3u);
        answer.Text().ShouldBe("posix-rename@openssh.com");
    }

    [Fact]
    public async Task File_is_written_at_offsets_and_read_back_to_its_end()
    {
        var answers = await _lab.AskAsync(
            SftpLab.Packet(SftpKind.Open, 1u, "/a", 0x1au, Nothing),
            SftpLab.Packet(SftpKind.Write, 2u, "1", 3ul, "lo"u8.ToArray()),
            SftpLab.Packet(SftpKind.Write, 3u, "1", 0ul, "hel"u8.ToArray()),
            SftpLab.Packet(SftpKind.Read, 4u, "1", 1ul, 100u),
            SftpLab.Packet(SftpKind.Read, 5u, "1", 5ul, 100u),
            SftpLab.Packet(SftpKind.Close, 6u, "1"),
            SftpLab.Packet(SftpKind.Close, 7u, "1"));

        answers.Select(answer => answer.Kind).ShouldBe([SftpKind.Handle, SftpKind.Status, SftpKind.Status, SftpKind.Data, SftpKind.Status, SftpKind.Status, SftpKind.Status]);
        answers.Select(answer => answer.UInt32()).ShouldBe([1u, 2, 3, 4, 5, 6, 7]);
        Encoding.UTF8.GetString(answers[3].Bytes()).ShouldBe("ello");
        new[] { 1, 2, 4, 5, 6 }.Select(at => (SftpStatus)answers[at].UInt32())
            .ShouldBe([SftpStatus.Ok, SftpStatus.Ok, SftpStatus.EndOfFile, SftpStatus.Ok, SftpStatus.Failure]);
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData(".", "/")]
    [InlineData("/a/./b//../c/", "/a/c")]
    [InlineData("../../x", "/x")]
    public async Task Paths_are_told_in_full(string path, string expected)
    {
        var answer = (await _lab.AskAsync(SftpLab.Packet(SftpKind.RealPath, 1u, path))).Single();

        (answer.UInt32(), answer.UInt32(), answer.Text()).ShouldBe((1u, 1u, expected));
    }

    [Fact]
    public async Task Long_folder_is_listed_in_several_answers()
    {
        foreach (var number in Enumerable.Range(0, 150))
            File.WriteAllText(Path.Combine(_lab.Root, $"{number:000}"), "x");
        var next = SftpLab.Packet(SftpKind.ReadDir, 2u, "1");

        var answers = await _lab.AskAsync([SftpLab.Packet(SftpKind.OpenDir, 1u, "/"), next, next, next, next]);

        answers.Skip(1).Select(answer => answer.Kind).ShouldBe([SftpKind.Name, SftpKind.Name, SftpKind.Name, SftpKind.Status]);
        answers.Skip(1).Take(3).Select(answer => (answer.UInt32(), answer.UInt32(), answer.Text())).ShouldBe([(2u, 64u, "000"), (2u, 64u, "064"), (2u, 22u, "128")]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(12)]
    public async Task Handle_that_is_none_fails_the_request(int kind) =>
        (await StatusAsync(SftpLab.Packet((SftpKind)kind, 1u, "77", 0ul, 0u))).ShouldBe(SftpStatus.Failure);

    [Theory]
    [InlineData(20)]
    [InlineData(2)]
    [InlineData(99)]
    public async Task Unknown_request_is_unsupported(int kind) => (await StatusAsync(SftpLab.Packet((SftpKind)kind, 1u, "/a", "/b"))).ShouldBe(SftpStatus.Unsupported);

    [Fact]
    public async Task Field_longer_than_its_packet_is_a_bad_message() =>
        (await StatusAsync(SftpLab.Packet(SftpKind.Stat, 1u, 0xffff_fff0u))).ShouldBe(SftpStatus.BadMessage);

    [Fact]
    public async Task Name_with_a_NUL_fails_the_request() => (await StatusAsync(SftpLab.Packet(SftpKind.Stat, 1u, "/a\0b"))).ShouldBe(SftpStatus.Failure);

    [Theory]
    [InlineData("00000000")]
    [InlineData("7fffffff05")]
    [InlineData("ffffffff05")]
    public async Task Length_that_is_none_ends_the_channel(string hex) => await Should.ThrowAsync<InvalidDataException>(() => _lab.AskAsync(Convert.FromHexString(hex)));

    [Fact]
    public async Task Packet_that_is_cut_short_ends_the_channel() =>
        await Should.ThrowAsync<EndOfStreamException>(() => _lab.AskAsync(SftpLab.Packet(SftpKind.Stat, 1u, "/a")[..^1]));

    [Fact]
    public async Task Too_many_open_files_are_refused()
    {
        File.WriteAllText(Path.Combine(_lab.Root, "a"), "x");

        var answers = await _lab.AskAsync([.. Enumerable.Repeat(SftpLab.Packet(SftpKind.Open, 1u, "/a", 1u, Nothing), 257)]);

        answers.Count(answer => answer.Kind == SftpKind.Handle).ShouldBe(256);
    }

    [Fact]
    public async Task Slow_upload_is_answered_late()
    {
        _lab.Faults.Add(new Fault(FaultKind.Slow) { Operation = ShellDoors.Upload, Delay = TimeSpan.FromSeconds(50) });
        var asked = _lab.Now;

        var answer = (await _lab.AskAsync(SftpLab.Packet(SftpKind.Open, 1u, "/a", 0x1au, Nothing))).Single();

        answer.Kind.ShouldBe(SftpKind.Handle);
        _lab.Now.ShouldBeGreaterThanOrEqualTo(asked + TimeSpan.FromSeconds(50));
    }

    private async Task<SftpStatus> StatusAsync(byte[] packet)
    {
        var answer = (await _lab.AskAsync(packet)).Single();
        answer.Kind.ShouldBe(SftpKind.Status);
        answer.UInt32().ShouldBe(1u);
        return (SftpStatus)answer.UInt32();
    }
}
