using System.Buffers.Binary;
using System.Text;

namespace OpsKit.Modules.Vibs;

/// <summary>A header of a tar or vmtar archive. vmtar is VMware's: <c>visor</c> for a magic, and where a file's data are at the end of the archive.</summary>
internal readonly record struct TarHeader(string Name, int Mode, long Uid, long Gid, long Size, long Modified, char Type, string LinkName, bool IsVisor, uint DataOffset)
{
    public const int Bytes = 512;
    private const int ChecksumAt = 148;
    private const int ChecksumBytes = 8;

    /// <summary>Whether a block is a header of either kind.</summary>
    public static bool Looks(ReadOnlySpan<byte> block) =>
        block.Length >= 265 && (block.Slice(257, 5).SequenceEqual("ustar"u8) || block.Slice(257, 7).SequenceEqual("visor  "u8));

    /// <exception cref="ArchiveException">It is damaged.</exception>
    public static TarHeader Parse(ReadOnlySpan<byte> block)
    {
        var visor = block.Slice(257, 5).SequenceEqual("visor"u8);
        if (!Looks(block))
            throw new ArchiveException("damaged: a block between its files is no header of tar");
        if (Number(block.Slice(ChecksumAt, ChecksumBytes)) != Sum(block))
            throw new ArchiveException("damaged: the checksum of a header of tar is wrong");
        var name = Text(block[..100]);
        // GNU's own format has other things where ustar has the beginning of long names.
        var isUstar = block.Slice(257, 6).SequenceEqual("ustar\0"u8) || visor;
        if (isUstar && Text(block.Slice(345, visor ? 151 : 155)) is { Length: > 0 } prefix)
            name = $"{prefix}/{name}";
        return new TarHeader(
            name, (int)(Number(block.Slice(100, 8)) & 0xFFF), Number(block.Slice(108, 8)), Number(block.Slice(116, 8)), Number(block.Slice(124, 12)), Number(block.Slice(136, 12)),
            (char)block[156], Text(block.Slice(157, 100)), visor, visor ? BinaryPrimitives.ReadUInt32LittleEndian(block.Slice(496, 4)) : 0);
    }

    private static long Sum(ReadOnlySpan<byte> block)
    {
        long sum = ChecksumBytes * ' ';
        for (var index = 0; index < Bytes; index++)
        {
            if (index is < ChecksumAt or >= ChecksumAt + ChecksumBytes)
                sum += block[index];
        }

        return sum;
    }

    /// <summary>Octal digits, or where the first bit is set a binary number, as GNU tar writes sizes from 8 GiB.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            long binary = field[0] & 0x7F;
            foreach (var digit in field[1..])
                binary = binary > long.MaxValue >> 8 ? throw new ArchiveException("damaged: a number in a header of tar is out of all proportion") : (binary << 8) | digit;
            return binary;
        }

        long number = 0;
        foreach (var digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                throw new ArchiveException("damaged: a number in a header of tar is none");
            number = (number << 3) + (digit - '0');
        }

        return number;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }
}
