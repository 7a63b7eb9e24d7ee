using System.Formats.Tar;
using OpsKit.Connections;
using OpsKit.Modules.Vibs;

namespace OpsKit.Modules.Tests.Vibs;

public sealed class VibBuilderTests : IDisposable
{
    private static readonly VibBuildOptions Tulip = new() { Name = "net-tulip", Version = "1.1.15-1", Vendor = "ACME" };

    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-vib-build").FullName;

    private static TarEntry[] Driver =>
    [
        VibSample.Entry(TarEntryType.Directory, "./", mode: 0x1ED),
        VibSample.Entry(TarEntryType.Directory, "./usr/", mode: 0x1ED),
        VibSample.Entry(TarEntryType.RegularFile, "./usr/lib/vmware/vmkmod/tulip", content: "a module"),
        VibSample.Entry(TarEntryType.RegularFile, "./etc/vmware/driver.map.d/tulip.map", content: "regtype=native"),
        VibSample.Entry(TarEntryType.SymbolicLink, "./opt/acme/current", "1.0"),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(VibFlavour.ThroughEsxi7, "sha-256 sha-1/gunzip", "5.0 to 7.0")]
    [InlineData(VibFlavour.FromEsxi8, "sha-256 sha-256/gunzip sha-1/gunzip", "8.0 to 9.0")]
    public void Package_is_sound_and_fits_the_hosts_it_is_for(VibFlavour flavour, string digests, string fits)
    {
        var package = Read(Build(Driver, Tulip with { Flavour = flavour, Depends = [VibRelation.Parse("vmkapi_2_0_0_0"), VibRelation.Parse("esx-base >= 5.0")] }));

        package.Problems.ShouldBeEmpty();
        package.Descriptor.Id.ShouldBe("ACME_bootbank_net-tulip_1.1.15-1");
        package.Descriptor.AcceptanceLevel.ShouldBe(VibAcceptanceLevel.CommunitySupported);
        package.SignatureBytes.ShouldBe(0);
        package.Descriptor.Depends.Select(need => need.ToString()).ShouldBe(["vmkapi_2_0_0_0", "esx-base >= 5.0"]);
        package.Descriptor.Files.ShouldBe(["etc/vmware/driver.map.d/tulip.map", "opt/acme/current", "usr/lib/vmware/vmkmod/tulip"]);
        var payload = package.Payloads.ShouldHaveSingleItem();
        (payload.Name, payload.Type, payload.Format).ShouldBe(("net-tuli", "tgz", "gzip, tar"));
        string.Join(' ', payload.Digests.Select(digest => digest.Process.Length == 0 ? digest.Algorithm : $"{digest.Algorithm}/{digest.Process}")).ShouldBe(digests);
        payload.Digests.ShouldAllBe(digest => digest.Standing == VibDigestStanding.Verified);
        EsxiFit.Words(EsxiFit.Judge(package, EsxiReleasesReader.BuiltIn), EsxiFitness.Fits).ShouldBe(fits);
    }

    [Fact]
    public void Same_files_give_the_same_bytes_in_any_order_and_at_any_time()
    {
        var options = Tulip with { ReleaseDate = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero) };
        var later = Driver;
        foreach (var entry in later)
        {
            entry.ModificationTime = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
            entry.Uid = 1000;
        }

        var once = Build(Driver, options);

        Build([.. later.Reverse()], options).ShouldBe(once);
        Build(Driver, options with { Summary = "other" }).ShouldNotBe(once);
    }

    [Fact]
    public void Vmtar_becomes_a_plain_archive()
    {
        var payload = Read(Build(VibSample.Gzip(VibSample.VmTar(("opt/acme/a", "first"), ("opt/acme/b", "second one"))), Tulip)).Payloads[0];

        payload.Format.ShouldBe("gzip, tar");
        payload.Files.Select(file => (file.Path, file.Bytes)).ShouldBe([("opt/acme/a", 5), ("opt/acme/b", 10)]);
    }

    [Fact]
    public void Long_paths_and_hard_links_are_kept()
    {
        var deep = $"opt/{string.Join('/', Enumerable.Repeat("folder", 20))}/file";
        var payload = Read(Build([VibSample.Entry(TarEntryType.RegularFile, deep, content: "x"), VibSample.Entry(TarEntryType.RegularFile, "opt/z", content: "z"), VibSample.Entry(TarEntryType.HardLink, "opt/a", "opt/z")], Tulip)).Payloads[0];

        payload.Files.Select(file => file.Path).ShouldBe([deep, "opt/z", "opt/a"]);
        payload.Files[^1].LinkTarget.ShouldBe("opt/z");
    }

    [Theory]
    [InlineData("bin/tool", 0x1ED, "is where a package that nobody signed must not bring files")]
    [InlineData("opt/../etc/passwd", 0x1A4, "has a path that leads upwards")]
    [InlineData("opt/tool", 0x9ED, "would run as its owner or group (mode 4755)")]
    [InlineData("opt/tool", 0x0, "cannot be read (mode 0)")]
    public void What_a_host_would_refuse_is_refused_here_and_nothing_written(string path, int mode, string reason)
    {
        using var output = new MemoryStream();

        var refusal = Should.Throw<OpsKitException>(() => Build([VibSample.Entry(TarEntryType.RegularFile, path, content: "x", mode: mode)], Tulip, output));

        refusal.Kind.ShouldBe(FailureKind.Failed);
        refusal.What.ShouldContain($"{path}: {reason}");
        output.Length.ShouldBe(0);
    }

    [Fact]
    public void Name_too_long_for_the_archive_is_refused() =>
        Should.Throw<OpsKitException>(() => Build([VibSample.Entry(TarEntryType.RegularFile, $"opt/{new string('x', 150)}", content: "x")], Tulip))
            .What.ShouldContain("has a name of 154 bytes, which is too long");

    [Fact]
    public void Any_path_is_a_warning_where_it_is_asked_for()
    {
        using var output = new MemoryStream();

        var built = Build([VibSample.Entry(TarEntryType.RegularFile, "bin/tool", content: "#!/bin/sh"), VibSample.Entry(TarEntryType.RegularFile, "opt/w", content: "x", mode: 0x1B6)], Tulip with { AnyPath = true }, output);

        built.Warnings.Select(warning => warning.What[..22]).ShouldBe(["bin/tool: is where a p", "bin/tool: is a script ", "opt/w: can be written "]);
        Read(output.ToArray()).IsSound.ShouldBeTrue();
    }

    [Theory]
    [InlineData("net tulip", "1.0-1", "ACME", "the name")]
    [InlineData("../x", "1.0-1", "ACME", "the name")]
    [InlineData("a", "1.0", "ACME", "the version")]
    [InlineData("a", "v1-1", "ACME", "the version")]
    [InlineData("a", "1.0-1\n", "ACME", "the version")]
    [InlineData("a", "1.0-1", "AC_ME", "the vendor")]
    public void Word_that_fits_no_id_is_a_usage_error_before_anything_is_read(string name, string version, string vendor, string what)
    {
        var refusal = Should.Throw<OpsKitException>(() => VibBuilder.Build("nowhere.tgz", new VibBuildOptions { Name = name, Version = version, Vendor = vendor }, EsxiReleasesReader.BuiltIn, Stream.Null, cancellationToken: TestContext.Current.CancellationToken));

        refusal.Kind.ShouldBe(FailureKind.Usage);
        refusal.What.ShouldStartWith(what);
        refusal.Next.ShouldNotBeNull();
    }

    [Fact]
    public void File_that_is_no_archive_is_refused_with_how_to_make_one()
    {
        Should.Throw<OpsKitException>(() => Build("text"u8.ToArray(), Tulip)).What.ShouldContain("tar -czf");
        Should.Throw<OpsKitException>(() => Build(VibSample.Gzip("text"u8.ToArray()), Tulip)).What.ShouldBe("holds no tar archive");
        Should.Throw<OpsKitException>(() => Build(VibSample.Gzip(VibSample.Tar(Driver))[..^4], Tulip)).What.ShouldContain("is cut off");
        Should.Throw<OpsKitException>(() => Build(VibSample.Gzip(new byte[1024]), Tulip)).What.ShouldBe("holds no tar archive");
    }

    [Fact]
    public void Bomb_is_refused_at_the_limit()
    {
        var file = Write(VibSample.Gzip(new byte[32 << 20]));

        Should.Throw<OpsKitException>(() => VibBuilder.Build(file, Tulip, EsxiReleasesReader.BuiltIn, Stream.Null, new VibReadLimits { ContentBytes = 1 << 20 }, TestContext.Current.CancellationToken))
            .What.ShouldContain("more than 1 MiB come out of it");
    }

    private byte[] Build(TarEntry[] entries, VibBuildOptions options) => Build(VibSample.Gzip(VibSample.Tar(entries)), options);

    private byte[] Build(byte[] tgz, VibBuildOptions options)
    {
        using var output = new MemoryStream();
        VibBuilder.Build(Write(tgz), options, EsxiReleasesReader.BuiltIn, output, cancellationToken: TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    private VibBuilt Build(TarEntry[] entries, VibBuildOptions options, Stream output) =>
        VibBuilder.Build(Write(VibSample.Gzip(VibSample.Tar(entries))), options, EsxiReleasesReader.BuiltIn, output, cancellationToken: TestContext.Current.CancellationToken);

    private string Write(byte[] bytes)
    {
        var file = Path.Combine(_folder, "oem.tgz");
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private static VibPackage Read(byte[] bytes) => VibReaderTests.Read(bytes).Packages.ShouldHaveSingleItem();
}
