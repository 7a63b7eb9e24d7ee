namespace OpsKit.Lab.Esxi.Files;

/// <summary>How much a file system of a host still takes. What is written really lies on the jump host's disk, so that there is an end to it.</summary>
internal sealed class HostRoom(string folder, long bytes)
{
    private readonly Lock _gate = new();
    private long? _used;

    public long Bytes => bytes;

    public long Used
    {
        get
        {
            lock (_gate)
                return _used ??= Measure();
        }
    }

    /// <exception cref="HostFileException">There is no room for that.</exception>
    public void Take(long count)
    {
        lock (_gate)
        {
            _used ??= Measure();
            if (_used + count > bytes)
                throw new HostFileException(HostFileException.NoSpace);
            _used += count;
        }
    }

    /// <summary>Something was removed: it is measured anew before the next write.</summary>
    public void Shrunk()
    {
        lock (_gate)
            _used = null;
    }

    private long Measure()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        return Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", options).Sum(file => file.Length) : 0;
    }
}
