using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Vibs;

/// <summary>An image profile of a depot.</summary>
internal sealed record DepotProfile(string Name, string Vendor, string AcceptanceLevel, DateTimeOffset Created, DateTimeOffset Modified, string Description, IReadOnlyList<string> VibIds);

/// <summary>A package of a depot, by what its metadata say.</summary>
internal sealed record DepotVib(LabVib Vib, string RelativePath);

/// <summary>A depot in a file: an offline bundle.</summary>
internal sealed record Depot(string Path, IReadOnlyList<DepotVib> Vibs, IReadOnlyList<DepotProfile> Profiles)
{
    /// <summary>Reads the metadata of a bundle.</summary>
    /// <param name="path">Its path on the host, for errors.</param>
    /// <param name="mapped">Its path on this machine.</param>
    /// <exception cref="DepotException">It cannot be read, or is no depot.</exception>
    public static Depot Read(string path, string mapped)
    {
        try
        {
            using var bundle = ZipFile.OpenRead(mapped);
            using var index = Entry(path, bundle, "index.xml").Open();
            var vendorIndex = XDocument.Load(Reader(index)).Descendants("indexfile").FirstOrDefault()?.Value.Trim() ?? "vendor-index.xml";
            using var vendors = Entry(path, bundle, vendorIndex).Open();
            var metadata = XDocument.Load(Reader(vendors)).Descendants("url").Select(url => url.Value.Trim()).Distinct(StringComparer.Ordinal).ToList();
            var vibs = new List<DepotVib>();
            var profiles = new List<DepotProfile>();
            foreach (var name in metadata)
            {
                using var zip = new MemoryStream();
                using (var entry = Entry(path, bundle, name).Open())
                    entry.CopyTo(zip);
                using var inner = new ZipArchive(zip);
                vibs.AddRange(inner.Entries.Where(entry => IsIn(entry, "vibs/")).Select(Vib));
                profiles.AddRange(inner.Entries.Where(entry => IsIn(entry, "profiles/")).Select(Profile));
            }

            return new Depot(path, [.. vibs.DistinctBy(vib => vib.Vib.Id)], profiles);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new DepotException($"\"Error extracting index.xml from {path}: [Errno 2] No such file or directory: '{path}'\"");
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or FormatException)
        {
            throw new DepotException($"'Error extracting index.xml from {path}: File is not a zip file'");
        }
    }

    /// <summary>The package file of a VIB.</summary>
    /// <exception cref="IOException">The bundle does not have it, though its metadata say so.</exception>
    public static byte[] Extract(string mapped, DepotVib vib)
    {
        using var bundle = ZipFile.OpenRead(mapped);
        using var entry = (bundle.GetEntry(vib.RelativePath) ?? throw new FileNotFoundException(vib.RelativePath)).Open();
        using var file = new MemoryStream();
        entry.CopyTo(file);
        return file.ToArray();
    }

    private static ZipArchiveEntry Entry(string path, ZipArchive bundle, string name) =>
        bundle.GetEntry(name) ?? throw new DepotException($"'Error extracting {name} from {path}: \"There is no item named \\'{name}\\' in the archive\"'");

    private static bool IsIn(ZipArchiveEntry entry, string folder) =>
        entry.FullName.Contains(folder, StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal);

    private static DepotVib Vib(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var described = VibDescriptor.Read(stream);
        return new DepotVib(described.Vib, described.RelativePath ?? $"vib20/{described.Vib.Name}/{described.Vib.Id}.vib");
    }

    private static DepotProfile Profile(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var root = XDocument.Load(Reader(stream)).Root!;
        var modified = DateTimeOffset.TryParse(Text("modifiedtime"), out var time) ? time : default;
        return new DepotProfile(
            Text("name"), Text("creator"), LabAcceptance.OfDescriptor(Text("acceptancelevel")) ?? LabAcceptance.Partner,
            DateTimeOffset.TryParse(Text("creationtime"), out var created) ? created : modified, modified, Text("description"), [.. root.Descendants("vib-id").Select(id => id.Value.Trim())]);

        string Text(string name) => root.Element(name)?.Value.Trim() ?? "";
    }

    private static XmlReader Reader(Stream stream) => XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
}

/// <summary>A depot cannot be read; the message is what Python made of it, quoted.</summary>
internal sealed class DepotException(string message) : Exception(message);
