using System.IO.Compression;
using System.Text;
using OpsKit.Connections;
using OpsKit.Modules.Vibs;

namespace OpsKit.Modules.Tests.Vibs;

public sealed class VibBundlerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-vib-bundle").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Bundle_is_read_back_without_a_problem()
    {
        var bytes = Bundle(new VibBundleOptions(), Package("net-a"), Package("net-b"));

        var file = VibReaderTests.Read(bytes);

        file.Kind.ShouldBe(VibFileKind.OfflineBundle);
        file.AllProblems.ShouldBeEmpty();
        file.Packages.Select(package => package.Origin).ShouldBe(["vib20/net-a/ACME_bootbank_net-a_1.0.0-1.vib", "vib20/net-b/ACME_bootbank_net-b_1.0.0-1.vib"]);
        var bundle = file.Bundle.ShouldNotBeNull();
        bundle.Bulletins.ShouldBe(["ACME-net-a-1.0.0-1"]);
        bundle.Platforms.Select(platform => $"{platform.ProductLine} {platform.Version}").ShouldBe(["embeddedEsx 5.*", "embeddedEsx 6.*", "embeddedEsx 7.*"]);
    }

    [Fact]
    public void Documents_are_as_hosts_know_them()
    {
        using var zip = new ZipArchive(new MemoryStream(Bundle(new VibBundleOptions { Bulletin = "ACME-1", Summary = "<drivers>", Versions = ["6.*"] }, Package("net-a"))));
        using var metadata = new ZipArchive(zip.GetEntry("metadata.zip")!.Open());

        zip.Entries.Select(entry => entry.FullName).ShouldBe(["index.xml", "vendor-index.xml", "metadata.zip", "vib20/net-a/ACME_bootbank_net-a_1.0.0-1.vib"]);
        metadata.Entries.Select(entry => entry.FullName.Split('-', '.')[0]).ShouldBe(["vmware", "vendor", "bulletins/ACME", "vibs/net"]);
        Text(zip, "index.xml").ShouldContain("<indexfile>vendor-index.xml</indexfile>\n    <patchUrl></patchUrl>");
        Text(zip, "vendor-index.xml").ShouldContain("<version>6.*</version>");
        Text(metadata, "vmware.xml").ShouldContain("<summary>&lt;drivers&gt;</summary>");
        Text(metadata, "bulletins/ACME-1.xml").ShouldContain("<vibID>ACME_bootbank_net-a_1.0.0-1</vibID>");
        zip.Entries.ShouldAllBe(entry => entry.LastWriteTime.Year == 2012);
    }

    [Fact]
    public void Same_packages_give_the_same_bytes_in_any_order() =>
        Bundle(new VibBundleOptions(), Package("net-a"), Package("net-b")).ShouldBe(Bundle(new VibBundleOptions(), Package("net-b"), Package("net-a")));

    [Fact]
    public void Damaged_package_is_refused_with_its_reasons()
    {
        var payload = VibSample.Gzip(VibSample.Tar(("opt/a", "1")));

        var refusal = Should.Throw<OpsKitException>(() => Bundle(new VibBundleOptions(), VibSample.Package(payload)[..^20]));

        refusal.Kind.ShouldBe(FailureKind.Failed);
        refusal.What.ShouldContain("truncated");
        Should.Throw<OpsKitException>(() => Bundle(new VibBundleOptions(), VibSample.Package(payload, VibSample.Descriptor(VibSample.Gzip([1]))))).What.ShouldContain("is not what was described");
    }

    [Fact]
    public void Bundle_twin_and_nonsense_are_usage_errors()
    {
        Usage(() => Bundle(new VibBundleOptions(), VibSample.Bundle(VibSample.Package()))).ShouldBe("is a ZIP: a bundle is made of packages (.vib)");
        Usage(() => Bundle(new VibBundleOptions(), Package("net-a"), Package("net-a"))).ShouldContain("are the same package");
        Usage(() => Bundle(new VibBundleOptions { Bulletin = "../x" }, Package("net-a"))).ShouldContain("is no id");
        Usage(() => Bundle(new VibBundleOptions { Versions = ["six"] }, Package("net-a"))).ShouldContain("is no version");
        Usage(() => Bundle(new VibBundleOptions())).ShouldBe("no packages to make a bundle of");
    }

    [Fact]
    public void Package_that_changes_meanwhile_is_noticed()
    {
        var file = Write(Package("net-a"), 0);
        var bundler = VibBundler.Of([file], new VibBundleOptions(), EsxiReleasesReader.BuiltIn, cancellationToken: TestContext.Current.CancellationToken);
        File.WriteAllBytes(file, Package("net-b"));

        Should.Throw<OpsKitException>(() => bundler.Write(Stream.Null)).What.ShouldBe("changed while it was read");
    }

    private static byte[] Package(string name)
    {
        var payload = VibSample.Gzip(VibSample.Tar(("usr/lib/vmware/vmkmod/sample", "a module")));
        return VibSample.Package(payload, VibSample.Descriptor(payload, name: name));
    }

    private static string Usage(Action act)
    {
        var refusal = Should.Throw<OpsKitException>(act);
        refusal.Kind.ShouldBe(FailureKind.Usage);
        return refusal.What;
    }

    private static string Text(ZipArchive zip, string path)
    {
        using var reader = new StreamReader(zip.GetEntry(path)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private byte[] Bundle(VibBundleOptions options, params byte[][] packages)
    {
        using var output = new MemoryStream();
        var files = packages.Select((package, index) => Write(package, index)).ToList();
        VibBundler.Of(files, options, EsxiReleasesReader.BuiltIn, cancellationToken: TestContext.Current.CancellationToken).Write(output);
        return output.ToArray();
    }

    private string Write(byte[] package, int index)
    {
        var file = Path.Combine(_folder, $"{index}.vib");
        File.WriteAllBytes(file, package);
        return file;
    }
}
