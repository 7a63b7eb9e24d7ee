namespace OpsKit.Lab.Esxi.Processes;

/// <summary>The descriptors of a process: 0 is its input, 1 its output, 2 where its errors go.</summary>
internal sealed class Descriptors : IDisposable
{
    public const int Most = 256;

    private readonly Dictionary<int, OpenFile> _files = [];

    public OpenFile? this[int number] => _files.GetValueOrDefault(number);

    /// <summary>Opens or replaces a descriptor; the file is this table's from now on.</summary>
    public void Set(int number, OpenFile file)
    {
        if (_files.Remove(number, out var old))
            old.Release();
        _files[number] = file;
    }

    public void Close(int number)
    {
        if (_files.Remove(number, out var old))
            old.Release();
    }

    /// <summary>The same files once more, as a child gets them.</summary>
    public Descriptors Copy()
    {
        var copy = new Descriptors();
        foreach (var (number, file) in _files)
            copy._files[number] = file.Share();
        return copy;
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Release();
        _files.Clear();
    }
}
