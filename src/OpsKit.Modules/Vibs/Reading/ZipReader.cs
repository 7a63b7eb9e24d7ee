using System.IO.Compression;

namespace OpsKit.Modules.Vibs;

/// <summary>A ZIP whose entries have been looked at: those with names that lead elsewhere are named as problems, and never read.</summary>
internal sealed class ZipReader : IDisposable
{
    private const int LinkType = 0xA000;
    private const int FileTypes = 0xF000;

    private readonly ZipArchive _zip;
    private readonly ReadBudget _budget;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Opens it.</summary>
    /// <param name="stream">The ZIP; it can seek, and is left open.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="budget">What is left of the limits.</param>
    /// <param name="problems">Told of entries that have no place in it.</param>
    /// <exception cref="ArchiveException">It is none, or damaged.</exception>
    public ZipReader(Stream stream, string name, ReadBudget budget, ProblemList problems)
    {
        ZipDirectory.Check(stream, budget.Limits);
        stream.Position = 0;
        _budget = budget;
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in _zip.Entries)
                Admit(entry, name, problems);
        }
        catch (InvalidDataException damage)
        {
            _zip?.Dispose();
            throw new ArchiveException($"damaged: its directory cannot be read: {damage.Message.TrimEnd('.')}", damage);
        }
    }

    /// <summary>Paths of the files, in the directory's order.</summary>
    public IReadOnlyCollection<string> Files => _entries.Keys;

    public bool Has(string path) => _entries.ContainsKey(path);

    /// <summary>Opens a file; null where there is none.</summary>
    public Stream? Open(string path) => _entries.TryGetValue(path, out var entry) ? new ZipEntryStream(entry, _budget) : null;

    /// <summary>How long a file says it is.</summary>
    public long Length(string path) => _entries[path].Length;

    public void Dispose() => _zip.Dispose();

    private void Admit(ZipArchiveEntry entry, string name, ProblemList problems)
    {
        var path = entry.FullName;
        _budget.Entry(path.Length);
        var unixType = (entry.ExternalAttributes >> 16) & FileTypes;
        if (ArchivePath.Flaw(path) is { } flaw)
            problems.Error(name, $"{path}: {flaw}");
        else if (unixType == LinkType)
            problems.Error(name, $"{path}: is a symbolic link");
        else if (!path.EndsWith('/') && !_entries.TryAdd(path, entry))
            problems.Error(name, $"{path}: is there twice");
    }
}
