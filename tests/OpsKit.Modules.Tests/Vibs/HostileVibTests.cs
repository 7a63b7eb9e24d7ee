using System.Formats.Tar;
using System.Text;
using OpsKit.Modules.Vibs;
using static OpsKit.Modules.Tests.Vibs.VibReaderTests;

namespace OpsKit.Modules.Tests.Vibs;

public sealed class HostileVibTests
{
    [Theory]
    [InlineData("../../etc/passwd", "has a path that leads upwards")]
    [InlineData("usr/../../etc/passwd", "has a path that leads upwards")]
    [InlineData("/etc/passwd", "has an absolute path")]
    [InlineData("usr\\lib\\x", "has a path of another system")]
    [InlineData("C:windows", "has a path of another system")]
    [InlineData("usr/\u001b[2Jx", "has control characters in its name")]
    public void Path_that_leads_elsewhere_is_an_error(string path, string reason) =>
        Errors(VibSample.Tar((path, "x"))).ShouldContain($"{path}: {reason}");

    [Theory]
    [InlineData("opt/a", "../../../etc/shadow", "is a link that leads out of the root")]
    [InlineData("opt/a", "/../etc/shadow", "is a link that leads out of the root")]
    [InlineData("opt/a", "\n", "is a link to a name that no file has")]
    public void Link_that_leads_out_is_an_error(string path, string target, string reason) =>
        Errors(VibSample.Tar(VibSample.Entry(TarEntryType.SymbolicLink, path, target))).ShouldContain($"{path}: {reason}");

    [Fact]
    public void Link_within_the_root_is_none() =>
        Errors(VibSample.Tar(VibSample.Entry(TarEntryType.SymbolicLink, "opt/acme/current", "../acme/1.0"))).ShouldBeEmpty();

    [Fact]
    public void File_that_goes_through_a_link_is_an_error() =>
        Errors(VibSample.Tar(VibSample.Entry(TarEntryType.SymbolicLink, "opt/a", "/etc"), VibSample.Entry(TarEntryType.RegularFile, "opt/a/shadow", content: "root")))
            .ShouldContain("opt/a/shadow: goes through the link opt/a");

    [Fact]
    public void Hard_link_to_nothing_and_devices_are_errors()
    {
        Errors(VibSample.Tar(VibSample.Entry(TarEntryType.HardLink, "opt/a", "etc/shadow"))).ShouldContain("opt/a: is another name of etc/shadow, which is not in the archive before it");
        Errors(VibSample.Tar(VibSample.Entry(TarEntryType.BlockDevice, "opt/disk"))).ShouldContain("opt/disk: is neither a file nor a folder nor a link");
    }

    [Fact]
    public void File_that_is_there_twice_is_an_error() =>
        Errors(VibSample.Tar(("opt/a", "1"), ("opt/a", "2"))).ShouldContain("opt/a: is there twice");

    [Fact]
    public void Ten_gigabyte_claim_is_refused_before_anything_is_read()
    {
        var bytes = VibSample.Package();
        Encoding.ASCII.GetBytes("9999999999").CopyTo(bytes, bytes.AsSpan().LastIndexOf("sample  "u8) + 48);

        Refusal(bytes).ShouldMatch("^truncated: sample says that it is 9999999999 bytes long, \\d+ are left in the file$");
    }

    [Fact]
    public void Package_cut_anywhere_is_refused_or_a_problem()
    {
        var bytes = VibSample.Package();
        for (var length = 0; length < bytes.Length; length += 7)
        {
            try
            {
                Read(bytes[..length]).AllProblems.ShouldContain(problem => problem.Severity == VibProblemSeverity.Error, $"at {length}");
            }
            catch (Connections.OpsKitException refusal)
            {
                refusal.What.ShouldNotBeEmpty();
            }
        }
    }

    [Fact]
    public void Decompression_bomb_is_refused_at_the_limit_with_flat_memory()
    {
        var bomb = VibSample.Gzip(new byte[64 << 20]);
        var bytes = VibSample.Package(bomb, VibSample.Descriptor(bomb));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refusal(bytes, new VibReadLimits { ContentBytes = 16 << 20 }).ShouldContain("more than 16 MiB come out of it");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 << 20);
    }

    [Fact]
    public void Zip_bomb_is_refused_at_the_limit()
    {
        var bundle = VibSample.Zip(("index.xml", "<vendorList/>"u8.ToArray()), ("vib20/x.vib", new byte[64 << 20]));

        Refusal(bundle, new VibReadLimits { ContentBytes = 16 << 20 }).ShouldContain("is no package");
        Refusal(VibSample.Zip(("a-bundle.zip", new byte[64 << 20])), new VibReadLimits { FileBytes = 16 << 20 }).ShouldBe("a-bundle.zip is larger than 16 MiB");
    }

    [Fact]
    public void Extended_name_of_two_gigabytes_takes_no_memory()
    {
        var tar = VibSample.Tar(("opt/a", "1"));
        tar[156] = (byte)'x';
        Encoding.ASCII.GetBytes("17777777000\0").CopyTo(tar, 124);
        Checksum(tar);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Errors(tar).ShouldContain("a name of 2147483136 bytes");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16 << 20);
    }

    [Fact]
    public void Size_beyond_the_archive_is_an_error()
    {
        var tar = VibSample.Tar(("opt/a", "1"));
        Encoding.ASCII.GetBytes("77777777777\0").CopyTo(tar, 124);
        Checksum(tar);

        Errors(tar).ShouldHaveSingleItem().ShouldStartWith("truncated: opt/a should be 8589934591 bytes long");
    }

    [Fact]
    public void Vmtar_data_beyond_the_archive_are_an_error()
    {
        var tar = VibSample.VmTar(("opt/a", "1"));
        BitConverter.GetBytes(uint.MaxValue).CopyTo(tar, 496);
        Checksum(tar);

        Errors(tar).ShouldHaveSingleItem().ShouldStartWith("is truncated: its files should end at byte 4294967296");
    }

    [Fact]
    public void Header_with_a_wrong_checksum_is_an_error()
    {
        var tar = VibSample.Tar(("opt/a", "1"));
        tar[0] ^= 1;

        Errors(tar).ShouldHaveSingleItem().ShouldBe("damaged: the checksum of a header of tar is wrong");
    }

    [Fact]
    public void Gzip_that_is_cut_off_is_an_error()
    {
        var payload = VibSample.Gzip(VibSample.Tar(("usr/lib/vmware/vmkmod/sample", "a module")))[..^6];

        Read(VibSample.Package(payload)).AllProblems.ShouldContain(problem => problem.What.StartsWith("is cut off", StringComparison.Ordinal) || problem.What.Contains("when decompressed", StringComparison.Ordinal));
    }

    [Fact]
    public void Entry_of_a_zip_that_leads_elsewhere_is_an_error_and_never_read()
    {
        var file = Read(VibSample.Zip(("index.xml", "<vendorList/>"u8.ToArray()), ("vendor-index.xml", "<metaList/>"u8.ToArray()), ("../vib20/x.vib", [1]), ("/vib20/y.vib", [1])));

        file.Packages.ShouldBeEmpty();
        file.Problems.Select(problem => problem.What).ShouldBe(["../vib20/x.vib: has a path that leads upwards", "/vib20/y.vib: has an absolute path", "has no packages"]);
    }

    [Fact]
    public void Zip_whose_data_do_not_have_their_checksum_is_refused()
    {
        var bytes = VibSample.Bundle(VibSample.Package());
        var at = bytes.AsSpan().IndexOf("vendor-index.xml"u8);
        bytes[at + 40] ^= 0x40;

        var told = Told(bytes);

        told.ShouldContain("damaged");
    }

    [Fact]
    public void Zip_with_a_directory_that_lies_is_refused()
    {
        var bytes = VibSample.Bundle(VibSample.Package());
        BitConverter.GetBytes(0x7FFFFFF0u).CopyTo(bytes, bytes.Length - 22 + 12);

        Refusal(bytes).ShouldBe("its directory is larger than 64 MiB");
        Refusal(VibSample.Bundle(VibSample.Package())[..^5]).ShouldContain("cut off");
        Refusal(VibSample.Bundle(VibSample.Package()), new VibReadLimits { Entries = 3 }).ShouldBe("more than 3 entries");
    }

    [Theory]
    [InlineData("<!DOCTYPE vib [<!ENTITY a \"aaaaaaaaaa\">]><vib><name>&a;</name></vib>", "is no well-formed XML")]
    [InlineData("<!DOCTYPE vib SYSTEM \"file:///etc/passwd\"><vib/>", "is no well-formed XML")]
    [InlineData("<vib><name>x</vib>", "is no well-formed XML")]
    [InlineData("<vib/>", "the descriptor says no name")]
    [InlineData("<rpm/>", "the descriptor's root is rpm, not vib")]
    public void Descriptor_that_is_none_is_refused(string descriptor, string reason) =>
        Refusal(VibSample.Package(descriptor: descriptor)).ShouldContain(reason);

    [Fact]
    public void Descriptor_that_is_deep_wide_or_large_is_refused()
    {
        Refusal(VibSample.Package(descriptor: string.Concat(Enumerable.Repeat("<vib>", 100_000)))).ShouldBe("descriptor.xml is nested more than 32 deep");
        Refusal(VibSample.Package(descriptor: $"<vib {string.Join(' ', Enumerable.Range(0, 1000).Select(index => $"a{index}=\"\""))}/>")).ShouldBe("descriptor.xml has an element with more than 32 attributes");
        Refusal(VibSample.Package(descriptor: $"<vib a=\"{new string('x', 9 << 20)}\"/>")).ShouldBe("descriptor.xml is larger than 8 MiB");
    }

    [Theory]
    [InlineData("net\u202Esample")]
    [InlineData("../net")]
    [InlineData("net sample")]
    public void Name_that_fits_no_id_is_an_error(string name) =>
        Read(VibSample.Package(edit: text => text.Replace("net-sample", name, StringComparison.Ordinal))).AllProblems.ShouldContain(problem => problem.What.StartsWith("its name has characters", StringComparison.Ordinal));

    [Fact]
    public void Problems_of_a_hostile_archive_are_counted_not_listed()
    {
        var tar = VibSample.Tar([.. Enumerable.Range(0, 2000).Select(index => ($"../{index}", "x"))]);

        var problems = Read(VibSample.Package(VibSample.Gzip(tar))).AllProblems.ToList();

        problems.Count.ShouldBe(101);
        problems[^1].What.ShouldStartWith("and ");
    }

    [Theory]
    [InlineData("/0")]
    [InlineData("//")]
    [InlineData("/")]
    [InlineData("#1/20")]
    public void Tables_of_long_names_are_refused(string name) =>
        Refusal(VibSample.Ar(false, [("descriptor.xml", Encoding.UTF8.GetBytes(VibSample.Descriptor([1]))), (name, [1, 2])])).ShouldContain("tables of symbols and of long names have no place");

    [Fact]
    public void Entry_that_is_there_twice_is_told_and_the_first_counts()
    {
        var file = Read(VibSample.Zip(("index.xml", "<vendorList/>"u8.ToArray()), ("index.xml", "<other/>"u8.ToArray()), ("vib20/x.vib", VibSample.Package()), ("vib20/x.vib", [1])));

        file.Packages.Count.ShouldBe(1);
        file.Problems.Select(problem => problem.What).ShouldContain("vib20/x.vib: is there twice");
        file.Problems.Select(problem => problem.What).ShouldContain("index.xml: is there twice");
    }

    [Fact]
    public void Zip_in_a_zip_in_a_zip_is_not_followed() =>
        Refusal(VibSample.Zip(("bundle.zip", VibSample.Zip(("bundle.zip", VibSample.Bundle(VibSample.Package())))))).ShouldContain("neither a bundle nor a package is in it");

    [Theory]
    [InlineData(0UL, "directory")]
    [InlineData(ulong.MaxValue, "directory")]
    [InlineData(1UL << 40, "directory")]
    public void Zip64_that_leads_nowhere_is_refused(ulong at, string what)
    {
        var bytes = VibSample.Bundle(VibSample.Package());
        var locator = new byte[20];
        "PK\u0006\u0007"u8.CopyTo(locator);
        BitConverter.GetBytes(at).CopyTo(locator, 8);
        var end = bytes[^22..];
        BitConverter.GetBytes(ushort.MaxValue).CopyTo(end, 10);

        Refusal([.. bytes[..^22], .. locator, .. end]).ShouldContain(what);
        Refusal([.. bytes[..^22], .. end]).ShouldContain("without the directory of one");
    }

    [Fact]
    public void Entity_bomb_in_a_bundles_documents_is_a_problem_and_takes_no_memory()
    {
        var bomb = Encoding.UTF8.GetBytes($"<!DOCTYPE a [<!ENTITY a \"{new string('x', 1000)}\">{string.Concat(Enumerable.Range(0, 9).Select(level => $"<!ENTITY a{level} \"{string.Concat(Enumerable.Repeat(level == 0 ? "&a;" : $"&a{level - 1};", 10))}\">"))}]><vendorList>&a8;</vendorList>");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Read(VibSample.Zip(("index.xml", bomb), ("vib20/x.vib", VibSample.Package()))).Problems.ShouldContain(problem => problem.What.StartsWith("index.xml is no well-formed XML", StringComparison.Ordinal));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 << 20);
    }

    [Fact]
    public void Damaged_xz_is_an_error_and_a_bomb_in_it_is_refused()
    {
        var xz = VibSample.Xz;
        xz[40] ^= 0x55;
        var payload = VibSample.Gzip(xz);
        Read(VibSample.Package(payload, VibSample.Descriptor(payload, "vgz"))).AllProblems.ShouldContain(problem => problem.Severity == VibProblemSeverity.Error);
        Refusal(VibSample.Package(VibSample.Gzip(VibSample.Xz), VibSample.Descriptor(VibSample.Gzip(VibSample.Xz), "vgz")), new VibReadLimits { ContentBytes = 4096 }).ShouldContain("more than 4 KiB come out of it");
    }

    [Fact]
    public void Member_nobody_described_and_payload_that_is_missing_are_errors()
    {
        var payload = VibSample.Gzip(VibSample.Tar(("usr/lib/vmware/vmkmod/sample", "a module")));

        var problems = Read(VibSample.Package(members: [("descriptor.xml", Encoding.UTF8.GetBytes(VibSample.Descriptor(payload))), ("other", payload)])).AllProblems.Select(problem => problem.What).ToList();

        problems.ShouldContain("has a member that its descriptor does not know: other");
        problems.ShouldContain("is missing from the archive");
        problems.ShouldContain("has no sig.pkcs7; hosts want the member even where it is empty");
    }

    private static IReadOnlyList<string> Errors(byte[] tar) =>
        [.. Read(VibSample.Package(VibSample.Gzip(tar))).AllProblems.Where(problem => problem.Severity == VibProblemSeverity.Error).Select(problem => problem.What)];

    private static string Told(byte[] bytes)
    {
        try
        {
            return string.Join('\n', Read(bytes).AllProblems.Select(problem => problem.What));
        }
        catch (Connections.OpsKitException refusal)
        {
            return refusal.What;
        }
    }

    private static void Checksum(byte[] header)
    {
        Encoding.ASCII.GetBytes("        ").CopyTo(header, 148);
        Encoding.ASCII.GetBytes(Convert.ToString(header.AsSpan(0, 512).ToArray().Sum(letter => letter), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
    }
}
