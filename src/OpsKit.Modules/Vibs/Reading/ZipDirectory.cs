using System.Buffers.Binary;

namespace OpsKit.Modules.Vibs;

/// <summary>
/// Looks at a ZIP's directory before it is read: <c>ZipArchive</c> reads all of it into memory, whatever its end claims, so that
/// one which is too large or not where it says is refused here.
/// </summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int LocatorBytes = 20;
    private const int End64Bytes = 56;

    /// <summary>Judges it.</summary>
    /// <param name="stream">The ZIP; its position is moved.</param>
    /// <param name="limits">What is read at most.</param>
    /// <exception cref="ArchiveException">It is no ZIP, damaged, or too large.</exception>
    public static void Check(Stream stream, VibReadLimits limits)
    {
        var tail = Read(stream, Math.Max(0, stream.Length - EndBytes - LongestComment), (int)Math.Min(stream.Length, EndBytes + LongestComment));
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndBytes || BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 20)) != tail.Length - at - EndBytes)
            throw new ArchiveException("is no ZIP, or cut off: the directory at its end is missing");
        var end = tail.AsSpan(at);
        var endAt = stream.Length - tail.Length + at;
        ulong entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        ulong size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        ulong offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (entries == ushort.MaxValue || size == uint.MaxValue || offset == uint.MaxValue)
            (entries, size, offset, endAt) = Read64(stream, endAt);
        if (size > (ulong)limits.MetadataBytes)
            throw new LimitException($"its directory is larger than {ByteSize.Words(limits.MetadataBytes)}");
        if (entries > (ulong)limits.Entries)
            throw new LimitException($"more than {limits.Entries} entries");
        if (offset > (ulong)endAt || offset + size != (ulong)endAt)
            throw new ArchiveException("damaged: its directory is not where its end says");
    }

    private static (ulong Entries, ulong Size, ulong Offset, long EndAt) Read64(Stream stream, long endAt)
    {
        var locator = endAt >= LocatorBytes ? Read(stream, endAt - LocatorBytes, LocatorBytes) : [];
        if (!locator.AsSpan().StartsWith("PK\u0006\u0007"u8))
            throw new ArchiveException("damaged: it is a large ZIP without the directory of one");
        var at = BinaryPrimitives.ReadUInt64LittleEndian(locator.AsSpan(8));
        if (at > (ulong)(endAt - LocatorBytes) || endAt - LocatorBytes - (long)at < End64Bytes)
            throw new ArchiveException("damaged: its directory is not where its end says");
        var end = Read(stream, (long)at, End64Bytes);
        if (!end.AsSpan().StartsWith("PK\u0006\u0006"u8))
            throw new ArchiveException("damaged: its directory is not where its end says");
        return (
            BinaryPrimitives.ReadUInt64LittleEndian(end.AsSpan(32)), BinaryPrimitives.ReadUInt64LittleEndian(end.AsSpan(40)), BinaryPrimitives.ReadUInt64LittleEndian(end.AsSpan(48)), (long)at);
    }

    private static byte[] Read(Stream stream, long at, int count)
    {
        var bytes = new byte[count];
        stream.Position = at;
        stream.ReadExactly(bytes);
        return bytes;
    }
}
