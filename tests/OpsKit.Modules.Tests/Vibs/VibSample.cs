using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace OpsKit.Modules.Tests.Vibs;

/// <summary>Makes packages, payloads and bundles, right ones and wrong ones, without OpsKit's own writers.</summary>
internal static class VibSample
{
    /// <summary>A tar of <c>opt/acme/a</c> (26 bytes) and <c>opt/acme/b</c> (1092 bytes), compressed by xz 5.4.</summary>
    private const string XzOfTar =
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Cf/AYFdADecCto0IDiEEzKdFecVaAe9GxtS4MMR5QW73DKaGf1Y9wIul9vM2VojsWurtUQa7Di1/a44rM/owZDWi9ex7K3quzNS5UG+aaXCKSQ1ioyWvw"
        + "3XS4WqzG7hTIaUvOpGCVtG/L7Qg7n6qPn8og/RhKwU429gwLSUE9hUsq7QI6XXxvbD0jfg4dfuvq8gFLwqyPDNVVd6bJK+ZJNCxIVFzWO3ixJZodTcQHmfpD8/cbyEWLJN0DyYTeLlt6HxuZdBXYIQ"
        + "bIWagj5YEMiWYKe0ylMtmGPz6mNS0LQG2CPNKfcV9ZslLvT/6Dtx34FLrCVx54G2PD12oIwrzYTLHQ6JCUN/XtAFigwCcl5VHDiLDrpJBhTH8EnIvaurrjc895WjROdXowPpT4WwCx4Y7nIqsfjJ3P"
        + "BBnI4RUQu1go9qbKYxCYTYSeLaMefw51/Tb+rnRHEM67AhQzWGw3NKNuU+r4x1fNzlwY3ikdpp7OUhD//BAHHA/VBkPwE+M7aF0ZAIwwAAAAAAG9sh0WShT2IAAZ0DgFAAABsz6KSxxGf7AgAAAAAE"
        + "WVo=";

    /// <summary>What xz made of a tar of two files.</summary>
    public static byte[] Xz => Convert.FromBase64String(XzOfTar);

    /// <summary>A package of one payload; what is not given is as it should be.</summary>
    public static byte[] Package(
        byte[]? payload = null, string? descriptor = null, Func<string, string>? edit = null, byte[]? signature = null, IEnumerable<(string Name, byte[] Content)>? members = null, bool slashes = false)
    {
        var stored = payload ?? Gzip(Tar(("usr/lib/vmware/vmkmod/sample", "a module")));
        var text = descriptor ?? Descriptor(stored);
        return Ar(slashes, members ?? [("descriptor.xml", Encoding.UTF8.GetBytes(edit?.Invoke(text) ?? text)), ("sig.pkcs7", signature ?? []), ("sample", stored)]);
    }

    /// <summary>A descriptor of one payload called <c>sample</c>, with the digests it has.</summary>
    public static string Descriptor(byte[] payload, string type = "tgz", string level = "community", string name = "net-sample", string version = "1.0.0-1") =>
        $"""
        <vib version="5.0"><type>bootbank</type><name>{name}</name><version>{version}</version><vendor>ACME</vendor><summary>A sample</summary><description>A driver &amp; its map</description>
        <release-date>2012-01-31T12:00:00.000000+00:00</release-date><urls><url key="kb">https://example.com/kb</url></urls>
        <relationships><depends><constraint name="vmkapi_2_0_0_0"/><constraint name="esx-base" relation=">=" version="5.0.0"/></depends><conflicts/><replaces><constraint name="net-old"/></replaces><provides/><compatibleWith/></relationships>
        <software-tags><tag>driver</tag><tag>module</tag></software-tags><system-requires><maintenance-mode>true</maintenance-mode></system-requires>
        <file-list><file>usr/lib/vmware/vmkmod/sample</file></file-list><acceptance-level>{level}</acceptance-level><live-install-allowed>false</live-install-allowed><live-remove-allowed>false</live-remove-allowed>
        <cimom-restart>false</cimom-restart><stateless-ready>true</stateless-ready><overlay>false</overlay>
        <payloads><payload name="sample" type="{type}" size="{payload.Length}"><checksum checksum-type="sha-256">{Sha256(payload)}</checksum>
        <checksum checksum-type="sha-1" verify-process="gunzip">{Sha1OfContent(payload)}</checksum></payload></payloads></vib>
        """;

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static byte[] Ar(bool slashes, IEnumerable<(string Name, byte[] Content)> members)
    {
        using var archive = new MemoryStream();
        archive.Write("!<arch>\n"u8);
        foreach (var (name, content) in members)
        {
            archive.Write(Encoding.ASCII.GetBytes($"{(slashes ? name + "/" : name),-16}{0,-12}{0,-6}{0,-6}{"100644",-8}{content.Length,-10}`\n"));
            archive.Write(content);
            if (content.Length % 2 == 1)
                archive.WriteByte((byte)'\n');
        }

        return archive.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Tar(params (string Path, string Content)[] files) => Tar([.. files.Select(file => Entry(TarEntryType.RegularFile, file.Path, content: file.Content))]);

    public static byte[] Tar(params TarEntry[] entries)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        return archive.ToArray();
    }

    public static TarEntry Entry(TarEntryType type, string path, string? link = null, string? content = null, int mode = 0x1A4)
    {
        PosixTarEntry entry = path.Length > 99 ? new PaxTarEntry(type, path) : new UstarTarEntry(type, path);
        entry.Mode = (UnixFileMode)mode;
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        if (link is not null)
            entry.LinkName = link;
        if (content is not null)
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return entry;
    }

    /// <summary>A vmtar: headers first, what the files hold after them.</summary>
    public static byte[] VmTar(params (string Path, string Content)[] files)
    {
        using var headers = new MemoryStream();
        using var data = new MemoryStream();
        var dataAt = (files.Length + 1) * 512;
        foreach (var (path, content) in files)
        {
            var header = new byte[512];
            void Put(int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(header, at);
            Put(0, path);
            Put(100, "0000755\0");
            Put(108, "0000000\0");
            Put(116, "0000000\0");
            Put(124, Convert.ToString(content.Length, 8).PadLeft(11, '0') + "\0");
            Put(136, "00000000000\0");
            Put(156, "0");
            Put(257, "visor  \0");
            BitConverter.GetBytes((uint)(dataAt + data.Length)).CopyTo(header, 496);
            Put(148, "        ");
            Put(148, Convert.ToString(header.Sum(letter => letter), 8).PadLeft(6, '0') + "\0 ");
            headers.Write(header);
            data.Write(Encoding.ASCII.GetBytes(content));
        }

        return [.. headers.ToArray(), .. new byte[512], .. data.ToArray()];
    }

    /// <summary>A ZIP of the files given.</summary>
    public static byte[] Zip(params (string Path, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var entry = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    /// <summary>An offline bundle of packages that are all like <see cref="Package"/>.</summary>
    public static byte[] Bundle(params byte[][] packages) => Bundle(0, packages);

    public static byte[] Bundle(int sizeLie, params byte[][] packages)
    {
        var metadata = Zip([("vmware.xml", "<metadataResponse/>"u8.ToArray()), ("bulletins/ACME.xml", "<bulletin><id>ACME-1</id></bulletin>"u8.ToArray()),
            .. packages.Select((package, index) => ($"vibs/net-sample-{index}.xml", Encoding.UTF8.GetBytes(Described(package, index, sizeLie))))]);
        return Zip(
        [
            ("index.xml", "<vendorList><vendor><name>ACME Inc.</name><code>ACME</code><indexfile>vendor-index.xml</indexfile><relativePath></relativePath></vendor></vendorList>"u8.ToArray()),
            ("vendor-index.xml", "<metaList><metadata><productId>embeddedEsx</productId><version>5.*</version><url>metadata.zip</url></metadata></metaList>"u8.ToArray()),
            ("metadata.zip", metadata),
            .. packages.Select((package, index) => (PathOf(index), package)),
        ]);
    }

    public static string PathOf(int index) => $"vib20/net-sample/ACME_bootbank_net-sample_1.0.0-{index}.vib";

    private static string Described(byte[] package, int index, int sizeLie) =>
        $"<vib version=\"5.0\"><name>net-sample</name><version>1.0.0-1</version><vendor>ACME</vendor><relative-path>{PathOf(index)}</relative-path><packed-size>{package.Length + sizeLie}</packed-size><checksum checksum-type=\"sha-256\">{Sha256(package)}</checksum></vib>";

    private static string Sha1OfContent(byte[] payload)
    {
        try
        {
            using var content = new GZipStream(new MemoryStream(payload), CompressionMode.Decompress);
#pragma warning disable CA5350 // The digest that descriptors have.
            return Convert.ToHexStringLower(SHA1.HashData(content));
#pragma warning restore CA5350
        }
        catch (InvalidDataException)
        {
            return new string('0', 40);
        }
    }
}
