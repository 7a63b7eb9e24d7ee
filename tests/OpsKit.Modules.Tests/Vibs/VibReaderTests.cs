using OpsKit.Connections;
using OpsKit.Modules.Vibs;

namespace OpsKit.Modules.Tests.Vibs;

public sealed class VibReaderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Package_is_read_whether_its_names_end_with_blanks_or_slashes(bool slashes)
    {
        var file = Read(VibSample.Package(slashes: slashes));

        file.Kind.ShouldBe(VibFileKind.Package);
        file.AllProblems.ShouldBeEmpty();
        var package = file.Packages.ShouldHaveSingleItem();
        package.Descriptor.Id.ShouldBe("ACME_bootbank_net-sample_1.0.0-1");
        package.Descriptor.AcceptanceLevel.ShouldBe(VibAcceptanceLevel.CommunitySupported);
        package.Descriptor.Depends.Select(need => need.ToString()).ShouldBe(["vmkapi_2_0_0_0", "esx-base >= 5.0.0"]);
        package.Descriptor.Replaces.ShouldHaveSingleItem().Name.ShouldBe("net-old");
        package.Descriptor.Description.ShouldBe("A driver & its map");
        package.Descriptor.Urls.ShouldBe(["kb|https://example.com/kb"]);
        package.Descriptor.MaintenanceModeRequired.ShouldBe(true);
        package.Descriptor.LiveInstallAllowed.ShouldBe(false);
        package.SignatureBytes.ShouldBe(0);
    }

    [Fact]
    public void Payload_is_read_with_its_files_and_digests()
    {
        var bytes = VibSample.Package();

        var file = Read(bytes);

        file.Sha256.ShouldBe(VibSample.Sha256(bytes));
        var payload = file.Packages[0].Payloads.ShouldHaveSingleItem();
        payload.Format.ShouldBe("gzip, tar");
        payload.ContentBytes.ShouldNotBeNull().ShouldBeGreaterThan(1024);
        payload.Digests.ShouldAllBe(digest => digest.Standing == VibDigestStanding.Verified);
        payload.Files.ShouldBe([new VibContent("usr/lib/vmware/vmkmod/sample", VibContentKind.File, 0x1A4, 8)]);
    }

    [Fact]
    public void Vmtar_payload_is_listed()
    {
        var payload = VibSample.Gzip(VibSample.VmTar(("usr/lib/vmware/vmkmod/sample", "a module"), ("etc/vmware/pciid/sample.xml", "<pci/>")));

        var read = Read(VibSample.Package(payload, VibSample.Descriptor(payload, "vgz"))).Packages[0];

        read.Payloads[0].Format.ShouldBe("gzip, vmtar");
        read.Payloads[0].Files.Select(file => (file.Path, file.Bytes)).ShouldBe([("usr/lib/vmware/vmkmod/sample", 8), ("etc/vmware/pciid/sample.xml", 6)]);
        read.Problems.ShouldHaveSingleItem().What.ShouldBe("brings files that its list does not name: etc/vmware/pciid/sample.xml");
    }

    [Fact]
    public void Digest_that_differs_is_named_with_both_values()
    {
        var payload = VibSample.Gzip(VibSample.Tar(("usr/lib/vmware/vmkmod/sample", "a module")));
        var other = VibSample.Gzip(VibSample.Tar(("usr/lib/vmware/vmkmod/sample", "b module")));

        var package = Read(VibSample.Package(other, VibSample.Descriptor(payload).Replace($"size=\"{payload.Length}\"", $"size=\"{other.Length}\"", StringComparison.Ordinal))).Packages[0];

        package.IsSound.ShouldBeFalse();
        package.Problems.Count(problem => problem.What.StartsWith("is not what was described", StringComparison.Ordinal)).ShouldBe(2);
        package.Problems.ShouldContain(problem => problem.What.Contains(VibSample.Sha256(payload), StringComparison.Ordinal));
        package.Problems.ShouldContain(problem => problem.What.Contains(VibSample.Sha256(other), StringComparison.Ordinal));
    }

    [Fact]
    public void Bundle_is_read_with_its_metadata()
    {
        var file = Read(VibSample.Bundle(VibSample.Package()));

        file.Kind.ShouldBe(VibFileKind.OfflineBundle);
        file.AllProblems.ShouldBeEmpty();
        file.Packages.ShouldHaveSingleItem().Origin.ShouldBe(VibSample.PathOf(0));
        var bundle = file.Bundle.ShouldNotBeNull();
        bundle.Vendors.ShouldBe(["ACME Inc."]);
        bundle.Platforms.ShouldBe([new VibPlatform("embeddedEsx", "5.*")]);
        bundle.Bulletins.ShouldBe(["ACME-1"]);
    }

    [Fact]
    public void Bundle_whose_metadata_say_otherwise_is_a_problem() =>
        Read(VibSample.Bundle(sizeLie: 1, VibSample.Package())).Problems.ShouldHaveSingleItem().What.ShouldContain("its metadata say");

    [Fact]
    public void Bundle_within_a_vendors_zip_is_found_and_can_be_taken_out()
    {
        var bundle = VibSample.Bundle(VibSample.Package());
        var outer = VibSample.Zip(("doc/readme.txt", "read me"u8.ToArray()), ("sample-offline_bundle-1.zip", bundle));

        var file = Read(outer);

        file.Kind.ShouldBe(VibFileKind.VendorZip);
        var inner = file.Inner.ShouldHaveSingleItem();
        (inner.Name, inner.Sha256, inner.Kind).ShouldBe(("sample-offline_bundle-1.zip", VibSample.Sha256(bundle), VibFileKind.OfflineBundle));
        file.AllPackages.ShouldHaveSingleItem();

        var path = Path.Combine(Directory.CreateTempSubdirectory("opskit-vib").FullName, "outer.zip");
        File.WriteAllBytes(path, outer);
        using var copy = new MemoryStream();
        VibReader.CopyInner(path, inner.Name, copy, cancellationToken: TestContext.Current.CancellationToken);
        copy.ToArray().ShouldBe(bundle);
        Should.Throw<OpsKitException>(() => VibReader.CopyInner(path, "other.zip", copy, cancellationToken: TestContext.Current.CancellationToken)).What.ShouldBe("does not hold other.zip");
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Package_of_esxi_4_is_refused_by_name() =>
        Refusal(VibSample.Package(descriptor: "<vib><vibVersion>1.4.5</vibVersion><name>x</name></vib>")).ShouldContain("a package of ESX or ESXi 4");

    [Fact]
    public void File_of_another_kind_is_refused_with_what_it_is()
    {
        Refusal("not an archive"u8.ToArray()).ShouldBe("is neither a package (ar) nor a bundle (ZIP)");
        Refusal("<html>404</html>"u8.ToArray()).ShouldContain("it is HTML");
        Refusal(VibSample.Gzip([1])).ShouldContain("opskit vib build");
        Refusal([]).ShouldBe("is empty");
        Refusal(VibSample.Zip(("readme.txt", [1]))).ShouldContain("is no offline bundle");
    }

    [Fact]
    public void File_that_is_not_there_is_a_usage_error() =>
        Should.Throw<OpsKitException>(() => VibReader.Read("/nonexistent/net.vib")).Kind.ShouldBe(FailureKind.Usage);

    internal static VibFile Read(byte[] bytes, VibReadLimits? limits = null)
    {
        using var stream = new MemoryStream(bytes);
        return VibReader.Read(stream, "sample.vib", limits, TestContext.Current.CancellationToken);
    }

    internal static string Refusal(byte[] bytes, VibReadLimits? limits = null)
    {
        var refusal = Should.Throw<OpsKitException>(() => Read(bytes, limits));
        refusal.Kind.ShouldBe(FailureKind.Failed);
        return refusal.What;
    }
}
