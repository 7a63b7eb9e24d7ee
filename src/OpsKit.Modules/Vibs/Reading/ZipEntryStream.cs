using System.IO.Compression;
using System.IO.Hashing;

namespace OpsKit.Modules.Vibs;

/// <summary>An entry of a ZIP while it is read: what comes out must be as much, and have the checksum, as the directory says. <c>ZipArchive</c> looks at neither.</summary>
internal sealed class ZipEntryStream(ZipArchiveEntry entry, ReadBudget budget) : ForwardOnlyStream
{
    private readonly Stream _inner = Open(entry);
    private readonly Crc32 _checksum = new();
    private long _count;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
            return 0;
        int count;
        try
        {
            count = _inner.Read(buffer);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            throw new ArchiveException($"damaged: {entry.FullName} cannot be decompressed", damage);
        }

        if (count == 0)
        {
            if (_count != entry.Length)
                throw new ArchiveException($"damaged: {entry.FullName} should be {entry.Length} bytes long, {_count} come out of it");
            if (_checksum.GetCurrentHashAsUInt32() != entry.Crc32)
                throw new ArchiveException($"damaged: the checksum of {entry.FullName} is wrong");
            return 0;
        }

        if ((_count += count) > entry.Length)
            throw new ArchiveException($"damaged: {entry.FullName} should be {entry.Length} bytes long, more come out of it");
        _checksum.Append(buffer[..count]);
        budget.Decompressed(count);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _inner.Dispose();
        base.Dispose(disposing);
    }

    private static Stream Open(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
            throw new ArchiveException($"{entry.FullName} is encrypted");
        try
        {
            return entry.Open();
        }
        catch (InvalidDataException damage)
        {
            throw new ArchiveException($"damaged: {entry.FullName} cannot be read: {damage.Message.TrimEnd('.')}", damage);
        }
    }
}
