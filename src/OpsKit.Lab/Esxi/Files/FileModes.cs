using System.Collections.Concurrent;
using OpsKit.Lab.Doors;

namespace OpsKit.Lab.Esxi.Files;

/// <summary>Permission bits by path on this machine, kept here since Windows has none; shared by hosts as datastores are.</summary>
internal sealed class FileModes : IShellModes
{
    public const int DefaultFile = 0b110_100_100;
    public const int DefaultFolder = 0b111_101_101;

    private readonly ConcurrentDictionary<string, int> _modes = new(StringComparer.Ordinal);

    public int Of(string path, bool folder) => _modes.TryGetValue(path, out var mode) ? mode : folder ? DefaultFolder : DefaultFile;

    public void Set(string path, int mode) => _modes[path] = mode;

    public void Forget(string path)
    {
        _modes.TryRemove(path, out _);
        foreach (var key in Below(path))
            _modes.TryRemove(key, out _);
    }

    public void Move(string from, string to)
    {
        Forget(to);
        if (_modes.TryRemove(from, out var mode))
            _modes[to] = mode;
        foreach (var key in Below(from))
        {
            if (_modes.TryRemove(key, out var below))
                _modes[to + key[from.Length..]] = below;
        }
    }

    private List<string> Below(string path)
    {
        var prefix = path + Path.DirectorySeparatorChar;
        return [.. _modes.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))];
    }
}
