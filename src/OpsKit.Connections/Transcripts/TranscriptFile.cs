namespace OpsKit.Connections.Transcripts;

/// <summary>One transcript: only ever added to, entry by entry; each is handed to the system before the next one.</summary>
internal sealed class TranscriptFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _stream;
    private readonly long _limit;
    private long _size;
    private bool _isFull;

    public TranscriptFile(string path, long limit)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _stream = new FileStream(path, options);
        _size = _stream.CanSeek ? _stream.Length : 0;
        _limit = limit;
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="full">What is written in its place, once, where the file has become too large for it.</param>
    /// <returns>False the one time an entry finds no room; what comes after it is left out without a word.</returns>
    public bool Add(ReadOnlySpan<byte> entry, ReadOnlyMemory<byte> full)
    {
        lock (_gate)
        {
            if (_isFull)
                return true;
            _size += entry.Length;
            _isFull = _size > _limit;
            _stream.Write(_isFull ? full.Span : entry);
            return !_isFull;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isFull = true;
            _stream.Dispose();
        }
    }
}
