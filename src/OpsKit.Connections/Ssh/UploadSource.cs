using System.Security.Cryptography;

namespace OpsKit.Connections.Ssh;

/// <summary>The file that is sent: hashed as it is read, so that the digest is of what went out; counts what the host has taken.</summary>
internal sealed class UploadSource(FileStream file, HashAlgorithmName? digest, IProgress<UploadProgress>? progress, TimeProvider clock) : Stream
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash? _digest = digest is { } name ? IncrementalHash.CreateHash(name) : null;
    private readonly long _length = file.Length;
    private long _reported;
    private long _lastReport = clock.GetTimestamp();
    private long _read;

    /// <summary>SHA-256 of what was read, in lower-case hex.</summary>
    internal string Sha256 => Convert.ToHexStringLower(_sha256.GetCurrentHash());

    /// <summary>The digest the host compares with.</summary>
    internal string Digest => _digest is null ? Sha256 : Convert.ToHexStringLower(_digest.GetCurrentHash());

    /// <summary>Bytes the host has acknowledged so far.</summary>
    internal long Reported
    {
        get
        {
            lock (_gate)
                return _reported;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>Notes what the host has taken. Called from many threads, in any order.</summary>
    internal void Report(long sent)
    {
        lock (_gate)
        {
            if (sent <= _reported)
                return;
            _reported = sent;
            if (progress is null || clock.GetElapsedTime(_lastReport) < ReportInterval)
                return;
            _lastReport = clock.GetTimestamp();
            progress.Report(new UploadProgress(sent, _length));
        }
    }

    internal void ReportEnd()
    {
        lock (_gate)
        {
            _reported = _read;
            progress?.Report(new UploadProgress(_read, _length));
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = file.Read(buffer);
        _sha256.AppendData(buffer[..count]);
        _digest?.AppendData(buffer[..count]);
        _read += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void CopyTo(Stream destination, int bufferSize)
    {
        var buffer = new byte[bufferSize];
        int count;
        while ((count = Read(buffer)) > 0)
        {
            destination.Write(buffer, 0, count);
            Report(_read);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sha256.Dispose();
            _digest?.Dispose();
        }

        base.Dispose(disposing);
    }
}
