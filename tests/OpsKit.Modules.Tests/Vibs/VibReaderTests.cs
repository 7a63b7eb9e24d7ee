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

    [Theory]
    [InlineData(true, "gzip, xz, tar")]
    [InlineData(false, "xz, tar")]
    public void Payload_compressed_by_xz_is_listed(bool gzip, string format)
    {
        var payload = gzip ? VibSample.Gzip(VibSample.Xz) : VibSample.Xz;
        var descriptor = VibSample.Descriptor(payload, "vgz");
        if (!gzip)
            descriptor = System.Text.RegularExpressions.Regex.Replace(descriptor, "<checksum checksum-type=\"sha-1.*?</checksum>", "");

        var package = Read(VibSample.Package(payload, descriptor.Replace("<file>usr/lib/vmware/vmkmod/sample</file>", "<file>opt/acme/a</file><file>opt/acme/b</file>", StringComparison.Ordinal))).Packages[0];

        package.Problems.ShouldBeEmpty();
        package.Payloads[0].Format.ShouldBe(format);
        package.Payloads[0].Files.Select(file => (file.Path, file.Bytes)).ShouldBe([("opt/acme/a", 26), ("opt/acme/b", 1092)]);
        package.Payloads[0].Digests.ShouldAllBe(digest => digest.Standing == VibDigestStanding.Verified);
    }

    [Fact]
    public void Payload_compressed_in_an_unread_way_keeps_its_digests_and_is_a_warning()
    {
        var (filtered, large) = (VibSample.Xz, VibSample.Xz);
        filtered[13] |= 1;
        large[16] = 36;
        foreach (var (xz, reason) in new[] { (filtered, "is compressed by more than LZMA2 (xz)"), (large, "is compressed with a dictionary of 1 GiB (xz)"), ([0x28, 0xB5, 0x2F, 0xFD], "is compressed a second time (zstd)") })
        {
            var payload = VibSample.Gzip(xz);
            var package = Read(VibSample.Package(payload, VibSample.Descriptor(payload, "vgz"))).Packages[0];

            package.Problems.ShouldHaveSingleItem().What.ShouldBe($"{reason}; its files are not listed");
            package.IsSound.ShouldBeTrue();
            package.Payloads[0].Digests.ShouldAllBe(digest => digest.Standing == VibDigestStanding.Verified);
        }
    }

    [Theory]
    [InlineData("<maintenance-mode>true</maintenance-mode>", true)]
    [InlineData("<maintenance-mode>False</maintenance-mode>", false)]
    [InlineData("<maintenance-mode on-install=\"false\" on-remove=\"true\"/>", true)]
    [InlineData("<maintenance-mode on-install=\"false\" on-remove=\"false\"></maintenance-mode>", false)]
    [InlineData("", null)]
    public void Maintenance_mode_is_read_however_it_is_said(string element, bool? required) =>
        Read(VibSample.Package(edit: text => text.Replace("<maintenance-mode>true</maintenance-mode>", element, StringComparison.Ordinal))).Packages[0].Descriptor.MaintenanceModeRequired.ShouldBe(required);

    [Fact]
    public void Payload_of_the_boot_bank_has_its_digest_and_no_files()
    {
        var kernel = new byte[5000];
        var descriptor = System.Text.RegularExpressions.Regex.Replace(VibSample.Descriptor(kernel, "boot"), "<checksum checksum-type=\"sha-1.*?</checksum>", "");

        var package = Read(VibSample.Package(kernel, descriptor)).Packages[0];

        package.IsSound.ShouldBeTrue();
        package.Payloads[0].Digests.ShouldHaveSingleItem().Standing.ShouldBe(VibDigestStanding.Verified);
        (package.Payloads[0].Format, package.Payloads[0].ContentBytes).ShouldBe(("", null));
    }

    [Fact]
    public void Bundle_packed_with_its_folder_is_told_to_be_none()
    {
        using var packed = new MemoryStream();
        using (var outer = new System.IO.Compression.ZipArchive(packed, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        using (var inner = new System.IO.Compression.ZipArchive(new MemoryStream(VibSample.Bundle(VibSample.Package()))))
        {
            foreach (var entry in inner.Entries)
            {
                using var from = entry.Open();
                using var to = outer.CreateEntry($"driver/{entry.FullName}").Open();
                from.CopyTo(to);
            }
        }

        var file = Read(packed.ToArray());

        file.Kind.ShouldBe(VibFileKind.VendorZip);
        file.Packages.Count.ShouldBe(1);
        file.Problems.ShouldHaveSingleItem().What.ShouldContain("in the folder driver: hosts take it for no bundle");
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
