using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Lab.Hosting;

/// <summary>The folder a lab serves from. It belongs to one lab at a time, and only its owner may look into it.</summary>
internal sealed class LabFolder : IDisposable
{
    private readonly IDisposable _held;

    private LabFolder(string path, IDisposable held)
    {
        FullPath = path;
        _held = held;
    }

    public string FullPath { get; }

    public string InventoryFile => Path.Combine(FullPath, "opskit.yaml");

    /// <summary>Takes a folder; what an earlier lab wrote there is replaced.</summary>
    /// <exception cref="OpsKitException">Another lab serves from it (Locked), or it cannot be written (Usage).</exception>
    public static async Task<LabFolder> TakeAsync(string path, TimeProvider clock, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        PrivateFiles.CreateFolder(full);
        try
        {
            return new LabFolder(full, await PrivateFiles.LockAsync(Path.Combine(full, "lock"), TimeSpan.Zero, clock, cancellationToken).ConfigureAwait(false));
        }
        catch (OpsKitException e) when (e.Kind == FailureKind.Locked)
        {
            throw new OpsKitException(FailureKind.Locked, "another lab serves from this folder", full, "stop it, or give this one its own: --folder DIR", e);
        }
    }

    /// <summary>Writes a file only its owner may read, with the folders above it.</summary>
    public void Write(string name, string content)
    {
        var path = PathOf(name);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        PrivateFiles.Replace(path, content);
    }

    public string PathOf(string name) => Path.Combine(FullPath, name);

    public void Dispose() => _held.Dispose();
}
