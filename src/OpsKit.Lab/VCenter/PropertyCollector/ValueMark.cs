using System.Security.Cryptography;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.PropertyCollector;

/// <summary>What is kept of a value to see whether it changed: itself where it is small and cannot change, else a digest of how it is written.</summary>
internal readonly record struct ValueMark(object? Value, UInt128 Digest)
{
    internal static ValueMark Of(object value) => value is DataObject or IArrayOf or byte[] ? new ValueMark(null, DigestOf(value)) : new ValueMark(value, 0);

    private static UInt128 DigestOf(object value)
    {
        using var text = new MemoryStream();
        using (var writer = VimWriter.Create(text))
            writer.WriteAny("val", value, required: true);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.GetBuffer().AsSpan(0, (int)text.Length), digest);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
