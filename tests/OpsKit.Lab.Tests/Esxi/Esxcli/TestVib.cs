using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace OpsKit.Lab.Tests.Esxi.Esxcli;

/// <summary>A small package, written here byte for byte and not by anything that reads it.</summary>
internal sealed record TestVib(string Name, string Version = "1.0.0-1")
{
    public string Vendor { get; init; } = "Contoso";
    public string Level { get; init; } = "community";
    public string File { get; init; } = "opt/contoso/tool";
    public string Relationships { get; init; } = "<depends/><conflicts/><replaces/><provides/><compatibleWith/>";
    public bool MaintenanceMode { get; init; }
    public bool Live { get; init; } = true;
    public bool Overlay { get; init; }
    public bool ContentSha256 { get; init; }
    public byte[] Signature { get; init; } = [];

    /// <summary>What the descriptor says is what the payload is.</summary>
    public bool Honest { get; init; } = true;

    /// <summary>Names end with a slash, as GNU's ar writes them.</summary>
    public bool Slashes { get; init; }

    /// <summary>Elements that stand before the type.</summary>
    public string Misplaced { get; init; } = "";

    public string Type { get; init; } = "bootbank";

    public string Id => $"{Vendor}_{Type}_{Name}_{Version}";

    public string Payload => Name[..Math.Min(8, Name.Length)];

    public byte[] ToBytes()
    {
        using var archive = new MemoryStream();
        archive.Write("!<arch>\n"u8);
        var payload = Tgz();
        Member(archive, "descriptor.xml", Encoding.UTF8.GetBytes(Descriptor(payload)));
        Member(archive, "sig.pkcs7", Signature);
        Member(archive, Payload, payload);
        return archive.ToArray();
    }

    public string Descriptor(byte[]? payload = null, string inDepot = "")
    {
        payload ??= Tgz();
        var stored = Convert.ToHexStringLower(SHA256.HashData(Honest ? payload : [1, 2, 3]));
        using var content = new MemoryStream();
        using (var unzip = new GZipStream(new MemoryStream(payload), CompressionMode.Decompress))
            unzip.CopyTo(content);
        var sums = $"<checksum checksum-type=\"sha-256\">{stored}</checksum>"
            + (ContentSha256 ? $"<checksum checksum-type=\"sha-256\" verify-process=\"gunzip\">{Convert.ToHexStringLower(SHA256.HashData(content.ToArray()))}</checksum>" : "")
            + $"<checksum checksum-type=\"sha-1\" verify-process=\"gunzip\">{Sha1(content.ToArray())}</checksum>";
        return $"""
            <vib version="5.0">
              {Misplaced}<type>{Type}</type><name>{Name}</name><version>{Version}</version><vendor>{Vendor}</vendor>
              <summary>{Name} for tests</summary><description>A package &amp; nothing else.</description>
              <release-date>2026-02-01T10:00:00.000000+00:00</release-date><urls><url key="kb">https://kb.contoso.example/1</url></urls>
              <relationships>{Relationships}</relationships><software-tags><tag>driver</tag><tag>module</tag></software-tags>{inDepot}
              <system-requires><maintenance-mode>{(MaintenanceMode ? "true" : "false")}</maintenance-mode></system-requires>
              <file-list><file>{File}</file></file-list><acceptance-level>{Level}</acceptance-level>
              <live-install-allowed>{(Live ? "true" : "false")}</live-install-allowed><live-remove-allowed>{(Live ? "true" : "false")}</live-remove-allowed>
              <cimom-restart>false</cimom-restart><stateless-ready>true</stateless-ready><overlay>{(Overlay ? "true" : "false")}</overlay>
              <payloads><payload name="{Payload}" type="tgz" size="{payload.Length}">{sums}</payload></payloads>
            </vib>
            """;
    }

    /// <summary>An offline bundle of packages, with a profile of all of them where a name for it is given.</summary>
    public static byte[] Bundle(string? profile, params TestVib[] vibs)
    {
        using var stream = new MemoryStream();
        using (var bundle = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(bundle, "index.xml", "<vendorList><vendor><name>Contoso</name><code>CTS</code><indexfile>vendor-index.xml</indexfile></vendor></vendorList>"u8.ToArray());
            Add(bundle, "vendor-index.xml", "<metaList><metadata><productId>embeddedEsx</productId><version>5.*</version><url>metadata.zip</url></metadata></metaList>"u8.ToArray());
            using var inner = new MemoryStream();
            using (var metadata = new ZipArchive(inner, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var vib in vibs)
                    Add(metadata, $"vibs/{vib.Name}-{vib.Version}.xml", Encoding.UTF8.GetBytes(vib.Descriptor(inDepot: $"<relative-path>vib20/{vib.Name}/{vib.Id}.vib</relative-path>")));
                if (profile is not null)
                {
                    Add(metadata, "profiles/one.xml", Encoding.UTF8.GetBytes(
                        $"<imageprofile><name>{profile}</name><creator>Contoso</creator><creationtime>2026-01-05T08:00:00.000000+00:00</creationtime><modifiedtime>2026-01-06T09:30:00.000000+00:00</modifiedtime>"
                        + $"<description>For tests</description><acceptancelevel>community</acceptancelevel><viblist>{string.Concat(vibs.Select(vib => $"<vib><vib-id>{vib.Id}</vib-id></vib>"))}</viblist></imageprofile>"));
                }
            }

            Add(bundle, "metadata.zip", inner.ToArray());
            foreach (var vib in vibs)
                Add(bundle, $"vib20/{vib.Name}/{vib.Id}.vib", vib.ToBytes());
        }

        return stream.ToArray();
    }

    /// <summary>A zip of anything else, such as the outer one of a driver CD.</summary>
    public static byte[] Zip(string name, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            Add(zip, name, content);
        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }

    private static string Sha1(byte[] content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private byte[] Tgz()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.ASCII.GetBytes($"{File} {Version}").Concat(new byte[1536]).ToArray());
        return packed.ToArray();
    }

    private void Member(MemoryStream archive, string name, byte[] content)
    {
        var header = $"{(Slashes ? name + "/" : name),-16}{0,-12}{0,-6}{0,-6}{"100644",-8}{content.Length,-10}`\n";
        archive.Write(Encoding.ASCII.GetBytes(header));
        archive.Write(content);
        if (content.Length % 2 == 1)
            archive.WriteByte((byte)'\n');
    }
}
