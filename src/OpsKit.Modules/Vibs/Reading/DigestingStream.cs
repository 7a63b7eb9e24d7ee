using System.Security.Cryptography;

namespace OpsKit.Modules.Vibs;

/// <summary>Passes on what is read of another stream, counts it and takes its digests; looks at its first bytes without taking them.</summary>
/// <param name="inner">The stream; left open.</param>
/// <param name="algorithms">The digests wanted.</param>
/// <param name="passed">Told how many bytes each read passed on; null for nobody.</param>
internal sealed class DigestingStream(Stream inner, IEnumerable<HashAlgorithmName> algorithms, Action<int>? passed = null) : ForwardOnlyStream
{
    private readonly Dictionary<HashAlgorithmName, IncrementalHash> _hashes = algorithms.Distinct().ToDictionary(name => name, IncrementalHash.CreateHash);
    private readonly byte[] _last = new byte[4];
    private byte[] _peeked = [];
    private int _peekedAt;

    /// <summary>How many bytes were passed on.</summary>
    public long Count { get; private set; }

    /// <summary>The last four bytes that were passed on, as a little-endian number: the size that a gzip file says it holds.</summary>
    public uint LastFour => System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(_last);

    /// <summary>The first bytes, fewer where the stream is shorter. To be called before anything is read.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_peeked.Length == 0)
        {
            var first = new byte[count];
            Array.Resize(ref first, inner.ReadAtLeast(first, count, throwOnEndOfStream: false));
            _peeked = first;
        }

        return _peeked;
    }

    public override int Read(Span<byte> buffer)
    {
        int count;
        if (_peekedAt < _peeked.Length)
        {
            count = Math.Min(buffer.Length, _peeked.Length - _peekedAt);
            _peeked.AsSpan(_peekedAt, count).CopyTo(buffer);
            _peekedAt += count;
        }
        else
        {
            count = inner.Read(buffer);
        }

        if (count == 0)
            return 0;
        var piece = buffer[..count];
        foreach (var hash in _hashes.Values)
            hash.AppendData(piece);
        Remember(piece);
        Count += count;
        passed?.Invoke(count);
        return count;
    }

    /// <summary>The digest of all that was passed on, in lower-case hexadecimal digits; null for one that was not wanted.</summary>
    public string? Digest(HashAlgorithmName algorithm) => _hashes.TryGetValue(algorithm, out var hash) ? Convert.ToHexStringLower(hash.GetCurrentHash()) : null;

    private void Remember(ReadOnlySpan<byte> piece)
    {
        if (piece.Length < 4)
            _last.AsSpan(piece.Length).CopyTo(_last);
        piece[^Math.Min(4, piece.Length)..].CopyTo(_last.AsSpan(4 - Math.Min(4, piece.Length)));
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var hash in _hashes.Values)
            hash.Dispose();
        base.Dispose(disposing);
    }
}
