using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Commands.Vibs;

public sealed class VibFileCommandTests : IDisposable
{
    private const string Build = "vib build OEM.tgz --name net-tulip --version 1.1.15-1 --vendor ACME --depends vmkapi_2_0_0_0 --url kb=https://example.com/1 --tag driver";

    private readonly CliHarness _cli = new();

    public VibFileCommandTests() => File.WriteAllBytes(Path.Combine(_cli.Folder, "OEM.tgz"), Tgz("usr/lib/vmware/vmkmod/tulip", "etc/vmware/driver.map.d/tulip.map"));

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Package_is_built_and_its_name_is_the_data()
    {
        var run = _cli.Run(Build);

        run.ExitCode.ShouldBe(ExitCodes.Done, run.Error);
        run.Out.ShouldBe("net-tulip-1.1.15-1.x86_64.vib\n");
        run.Error.ShouldStartWith("ACME_bootbank_net-tulip_1.1.15-1: 2 files, ");
        run.Error.ShouldContain("for ESXi 5.0-7.x");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    public void Package_is_shown_for_a_screen(int width)
    {
        _cli.Run(Build);
        _cli.OnTerminal(width).Environment["NO_COLOR"] = "1";

        var run = _cli.Run("vib inspect net-tulip-1.1.15-1.x86_64.vib");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Out.Split('\n').ShouldAllBe(line => line.Length <= Math.Max(width, 86));
        Golden.ShouldMatch(Scrub(run.Out), $"package-{width}.txt");
    }

    [Fact]
    public void Bundle_is_made_shown_and_read_by_scripts()
    {
        foreach (var name in new[] { "a", "b", "c", "d" })
            _cli.Run($"vib build OEM.tgz --name net-{name} --version 1.0-1 --vendor ACME --for 8.x --live").ExitCode.ShouldBe(ExitCodes.Done);

        var made = _cli.Run("vib bundle net-a-1.0-1.x86_64.vib net-b-1.0-1.x86_64.vib net-c-1.0-1.x86_64.vib net-d-1.0-1.x86_64.vib --bulletin ACME-1");

        made.ExitCode.ShouldBe(ExitCodes.Done, made.Error);
        made.Out.ShouldBe("ACME-1.zip\n");
        Golden.ShouldMatch(Scrub(_cli.Run("vib inspect ACME-1.zip").Out), "bundle.txt");
        _cli.OnTerminal(80).Environment["NO_COLOR"] = "1";
        var narrow = _cli.Run("vib inspect ACME-1.zip").Out;
        narrow.Split('\n').ShouldAllBe(line => line.Length <= 80);
        narrow.ShouldContain("  ACME_bootbank_net-a_1.0-1\n    CommunitySupported; digests verified; maintenance; live; ESXi 8.0 to 9.0\n");
        _cli.Streams = new(OutputIsTerminal: false, ErrorIsTerminal: false, InputIsTerminal: false, int.MaxValue);
        JsonNode.Parse(_cli.Run("vib inspect ACME-1.zip --output json").Out)!["files"]![0]!["packages"]!.AsArray().Count.ShouldBe(4);
        _cli.Run("vib inspect ACME-1.zip --out report.csv").Error.ShouldContain("4 rows written to report.csv");
        _cli.Run("vib inspect ACME-1.zip --out report.json").ExitCode.ShouldBe(ExitCodes.Done);
        JsonNode.Parse(File.ReadAllText(Path.Combine(_cli.Folder, "report.json")))!["files"]![0]!["sound"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Damage_is_told_and_the_exit_code_is_1()
    {
        _cli.Run(Build);
        var path = Path.Combine(_cli.Folder, "net-tulip-1.1.15-1.x86_64.vib");
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().LastIndexOf("sha-256\">"u8) + 10;
        bytes[at] = bytes[at] == (byte)'0' ? (byte)'1' : (byte)'0';
        File.WriteAllBytes(path, bytes);

        var run = _cli.Run("vib inspect net-tulip-1.1.15-1.x86_64.vib");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Out.ShouldContain("x sha-256 differs");
        run.Out.ShouldContain("error  ACME_bootbank_net-tulip_1.1.15-1 payload net-tuli is not what was described");
        run.Out.ShouldEndWith("Do not install it: 1 error\n");
    }

    [Fact]
    public void One_bad_file_does_not_hide_the_others()
    {
        _cli.Run(Build);

        var run = _cli.Run("vib inspect nowhere.vib OEM.tgz net-tulip-1.1.15-1.x86_64.vib");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("nowhere.vib: no such file");
        run.Error.ShouldContain("opskit vib build");
        run.Out.ShouldContain("ACME_bootbank_net-tulip_1.1.15-1");
    }

    [Theory]
    [InlineData("vib build OEM.tgz --name a --version 1.0 --vendor ACME", "add a release after a dash: 1.0-1")]
    [InlineData("vib build OEM.tgz --name a --version 1.0-1 --vendor ACME --for 7.0", "use 5.0-7.x or 8.x")]
    [InlineData("vib build OEM.tgz --name a --version 1.0-1 --vendor ACME --release-date soon", "write --release-date 2026-01-31")]
    [InlineData("vib build OEM.tgz --name a --version 1.0-1 --vendor ACME --url https://x", "write --url kb=https://example.com/1")]
    [InlineData("vib build OEM.tgz --name a --version 1.0-1 --vendor ACME --out OEM.tgz", "choose another name with --out FILE")]
    [InlineData("vib build OEM.tgz --name a --version 1.0-1", "opskit vib build --help")]
    [InlineData("vib bundle OEM.tgz", "")]
    [InlineData("vib inspect ftp://example.com/a.vib", "download the file and name it")]
    public void Mistake_is_told_with_what_to_type(string commandLine, string next)
    {
        var run = _cli.Run(commandLine);

        run.ExitCode.ShouldBe(next.Length == 0 ? ExitCodes.Failed : ExitCodes.Usage);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldStartWith("error: ");
        if (next.Length > 0)
            run.Error.ShouldContain($"next:  {next}");
    }

    [Fact]
    public void Refused_build_leaves_no_file()
    {
        File.WriteAllBytes(Path.Combine(_cli.Folder, "OEM.tgz"), Tgz("bin/sh"));

        var run = _cli.Run(Build);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("bin/sh: is where a package that nobody signed must not bring files");
        Directory.GetFiles(_cli.Folder).Select(Path.GetFileName).ShouldBe(["OEM.tgz"]);
    }

    [Fact]
    public async Task Address_is_read_as_a_file_is()
    {
        _cli.Run(Build);
        var bytes = File.ReadAllBytes(Path.Combine(_cli.Folder, "net-tulip-1.1.15-1.x86_64.vib"));
        await using var server = SoapServer.Start(request => request.Path == "/net.vib" ? new SoapAnswer { Body = bytes } : SoapAnswer.Text(404, ""));

        var run = await _cli.RunAsync("vib", "inspect", $"http://127.0.0.1:{server.Port}/net.vib");

        run.ExitCode.ShouldBe(ExitCodes.Done, run.Error);
        run.Out.ShouldStartWith("net.vib  package, ");
        (await _cli.RunAsync("vib", "inspect", $"http://127.0.0.1:{server.Port}/other.vib")).Error.ShouldContain("HTTP 404: there is no such file");
    }

    [Fact]
    public async Task Address_with_a_certificate_nobody_trusts_ends_with_4()
    {
        using var certificate = SoapServer.SelfSigned();
        await using var server = SoapServer.Start(_ => new SoapAnswer { Body = [1] }, certificate);

        var run = await _cli.RunAsync("vib", "inspect", $"https://127.0.0.1:{server.Port}/net.vib");

        run.ExitCode.ShouldBe(ExitCodes.Refused);
        run.Error.ShouldContain($"opskit trust add --server 127.0.0.1:{server.Port}");
    }

    /// <summary>Digests and sizes of what the runtime's zlib compressed may change with it.</summary>
    private static string Scrub(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, "[0-9a-f]{64}|(?<=package, |bundle, |, )[0-9.]+ (?:B|KiB)(?=\n|, )", match => match.Length == 64 ? new string('0', 64) : "N KiB");

    private static byte[] Tgz(params string[] paths)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var path in paths)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.ASCII.GetBytes(path)), ModificationTime = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead });
        }

        return packed.ToArray();
    }
}
