using System.Formats.Tar;
using System.IO.Compression;
using OpsKit.Lab.Esxi.Vibs;
using OpsKit.Modules.Vibs;
using Package = OpsKit.Lab.Esxi.Vibs.VibPackage;

namespace OpsKit.Lab.Tests.Vibs;

/// <summary>What opskit builds, as the lab's hosts see it: by a reader of their own, with the rules of their versions.</summary>
public sealed class BuiltVibTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-built-vib").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(VibFlavour.ThroughEsxi7, true, false)]
    [InlineData(VibFlavour.FromEsxi8, false, true)]
    public void Package_is_taken_by_the_hosts_it_is_for(VibFlavour flavour, bool old, bool recent)
    {
        var package = Package.Read(Build(flavour));

        package.Flaw.ShouldBeNull();
        package.Vib.Id.ShouldBe("ACME_bootbank_net-tulip_1.0-1");
        (VibDigests.Mismatch(package, knowsContent: false) is null).ShouldBe(old);
        (VibDigests.Mismatch(package, knowsContent: true) is null && VibDigests.HaveContentDigest(package)).ShouldBe(recent);
    }

    [Fact]
    public void Bundle_is_a_depot()
    {
        var file = Path.Combine(_folder, "net-tulip.vib");
        File.WriteAllBytes(file, Build(VibFlavour.ThroughEsxi7));
        var bundle = Path.Combine(_folder, "bundle.zip");
        using (var output = File.Create(bundle))
            VibBundler.Of([file], new VibBundleOptions(), EsxiReleasesReader.BuiltIn, cancellationToken: TestContext.Current.CancellationToken).Write(output);

        var vib = Depot.Read("/tmp/bundle.zip", bundle).Vibs.ShouldHaveSingleItem();

        vib.Vib.Id.ShouldBe("ACME_bootbank_net-tulip_1.0-1");
        Depot.Extract(bundle, vib).ShouldBe(File.ReadAllBytes(file));
    }

    private byte[] Build(VibFlavour flavour)
    {
        var tgz = Path.Combine(_folder, "oem.tgz");
        using (var gzip = new GZipStream(File.Create(tgz), CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Gnu))
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "./usr/lib/vmware/vmkmod/tulip") { DataStream = new MemoryStream("a module"u8.ToArray()) });
        using var output = new MemoryStream();
        VibBuilder.Build(tgz, new VibBuildOptions { Name = "net-tulip", Version = "1.0-1", Vendor = "ACME", Flavour = flavour }, EsxiReleasesReader.BuiltIn, output, cancellationToken: TestContext.Current.CancellationToken);
        return output.ToArray();
    }
}
