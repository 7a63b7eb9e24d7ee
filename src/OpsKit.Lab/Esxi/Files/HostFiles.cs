using OpsKit.Lab.Doors;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Files;

/// <summary>The file system of a host. Paths are absolute and in <see cref="ByteText"/>; what fails says so as Unix does.</summary>
/// <param name="root">The folder of this machine that is its <c>/</c>.</param>
/// <param name="volumes">Its file systems; the first is <c>/</c>.</param>
/// <param name="modes">Permission bits.</param>
/// <param name="clock">Files have lab time.</param>
/// <param name="writing">Hears of each file before it is written; it may refuse.</param>
internal sealed class HostFiles(string root, IReadOnlyList<HostVolume> volumes, FileModes modes, LabClock clock, Action<string> writing)
{
    private const string VolumesFolder = "/vmfs/volumes";

    private readonly IReadOnlyList<ShellMount> _mounts = Mounts(volumes);

    public string Root => root;

    public IReadOnlyList<HostVolume> Volumes => volumes;

    /// <summary>What <see cref="ShellMounts"/> is to know.</summary>
    public static IReadOnlyList<ShellMount> Mounts(IReadOnlyList<HostVolume> volumes) =>
        [.. volumes.Skip(1).SelectMany(volume => new[] { volume.Path, volume.Alias }.OfType<string>().Select(path => new ShellMount(path, volume.Folder)))];

    /// <summary>A path as the process in that folder means it.</summary>
    public static string Resolve(string folder, string path) => ShellFiles.Canonical(path.StartsWith('/') ? path : folder + "/" + path);

    public string Map(string path) => ShellFiles.Map(root, _mounts, ByteText.Decode(path));

    /// <summary>The volume a path is on.</summary>
    public HostVolume VolumeOf(string path)
    {
        var canonical = ShellFiles.Canonical(path);
        return volumes.Skip(1).FirstOrDefault(volume => IsAtOrBelow(canonical, volume.Path) || (volume.Alias is { } alias && IsAtOrBelow(canonical, alias))) ?? volumes[0];
    }

    /// <summary>What is there; null for nothing.</summary>
    public HostFileInfo? Find(string path)
    {
        if (HostDevices.Is(path))
            return new HostFileInfo(HostFileKind.Device, 0, 0b110_110_110, clock.GetUtcNow());
        var mapped = Map(path);
        FileSystemInfo info = new DirectoryInfo(mapped);
        if (!info.Exists)
            info = new FileInfo(mapped);
        if (!info.Exists)
            return null;
        var folder = info is DirectoryInfo;
        var link = volumes.FirstOrDefault(volume => volume.Alias == ShellFiles.Canonical(path))?.Path;
        return new HostFileInfo(folder ? HostFileKind.Folder : HostFileKind.File, info is FileInfo file ? file.Length : 512, modes.Of(mapped, folder), LabTime(info.LastWriteTimeUtc), link);
    }

    public bool IsFolder(string path) => Find(path) is { IsFolder: true };

    public HostFileInfo Stat(string path) => Find(path) ?? throw new HostFileException(HostFileException.NoEntry);

    /// <summary>The names in a folder, in order.</summary>
    public IReadOnlyList<string> List(string path)
    {
        if (!Stat(path).IsFolder)
            throw new HostFileException(HostFileException.NotFolder);
        var names = new DirectoryInfo(Map(path)).EnumerateFileSystemInfos()
            .Where(info => !info.Attributes.HasFlag(FileAttributes.ReparsePoint)).Select(info => ByteText.Of(info.Name)).ToHashSet(StringComparer.Ordinal);
        if (ShellFiles.Canonical(path) == VolumesFolder)
            names.UnionWith(_mounts.Select(mount => ByteText.Of(mount.Parts[^1])));
        return [.. names.Order(StringComparer.Ordinal)];
    }

    public Stream OpenRead(string path) => HostDevices.Is(path) ? HostDevices.Open(path) : Stat(path).IsFolder
        ? throw new HostFileException(HostFileException.IsFolder)
        : new FileStream(Map(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>Opens a file that is written, from its beginning or behind its end; it is made where it is not there.</summary>
    public Stream OpenWrite(string path, bool append)
    {
        if (HostDevices.Is(path))
            return HostDevices.Open(path);
        if (Find(path) is { IsFolder: true })
            throw new HostFileException(HostFileException.IsFolder);
        writing(path);
        var volume = VolumeOf(path);
        var mapped = Map(path);
        if (volume.Room.Used >= volume.Room.Bytes)
            throw new HostFileException(HostFileException.NoSpace);
        var file = new FileStream(mapped, append ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (!append)
            volume.Room.Shrunk();
        return new HostFileStream(file, volume.Room, append);
    }

    public void CreateFolder(string path, int mode = FileModes.DefaultFolder)
    {
        if (Find(path) is not null)
            throw new HostFileException(HostFileException.Exists);
        if (Find(Parent(path)) is not { } parent)
            throw new HostFileException(HostFileException.NoEntry);
        if (!parent.IsFolder)
            throw new HostFileException(HostFileException.NotFolder);
        RequireNoVolume(path);
        var mapped = Map(path);
        Directory.CreateDirectory(mapped);
        modes.Set(mapped, mode);
    }

    public void RemoveFile(string path)
    {
        if (Stat(path).IsFolder)
            throw new HostFileException(HostFileException.IsFolder);
        var mapped = Map(path);
        File.Delete(mapped);
        modes.Forget(mapped);
        VolumeOf(path).Room.Shrunk();
    }

    public void RemoveFolder(string path)
    {
        RequireNoVolume(path);
        if (List(path).Count > 0)
            throw new HostFileException(HostFileException.NotEmpty);
        var mapped = Map(path);
        Directory.Delete(mapped);
        modes.Forget(mapped);
    }

    /// <summary>Renames; a file that is there already is replaced.</summary>
    public void Move(string from, string to)
    {
        var moved = Stat(from);
        RequireNoVolume(from);
        RequireNoVolume(to);
        if (Find(to) is { } there && there.IsFolder != moved.IsFolder)
            throw new HostFileException(there.IsFolder ? HostFileException.IsFolder : HostFileException.NotFolder);
        var (source, target) = (Map(from), Map(to));
        if (source == target)
            return;
        if (!moved.IsFolder)
        {
            File.Move(source, target, overwrite: true);
        }
        else
        {
            if (IsAtOrBelow(ShellFiles.Canonical(to), ShellFiles.Canonical(from)))
                throw new HostFileException(HostFileException.Invalid);
            if (Directory.Exists(target))
                RemoveFolder(to);
            Directory.Move(source, target);
        }

        modes.Move(source, target);
        VolumeOf(from).Room.Shrunk();
        VolumeOf(to).Room.Shrunk();
    }

    public void SetMode(string path, int mode)
    {
        if (Stat(path).Kind != HostFileKind.Device)
            modes.Set(Map(path), mode);
    }

    public void Touch(string path)
    {
        if (Find(path) is not { } there)
            OpenWrite(path, append: true).Dispose();
        else if (there.IsFolder)
            Directory.SetLastWriteTimeUtc(Map(path), clock.Real.GetUtcNow().UtcDateTime);
        else if (there.Kind == HostFileKind.File)
            File.SetLastWriteTimeUtc(Map(path), clock.Real.GetUtcNow().UtcDateTime);
    }

    public static string Parent(string path) => ShellFiles.Canonical(path + "/..");

    private static bool IsAtOrBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');

    private void RequireNoVolume(string path)
    {
        var canonical = ShellFiles.Canonical(path);
        if (canonical is "/" or "/vmfs" or VolumesFolder || volumes.Any(volume => volume.Path == canonical || volume.Alias == canonical))
            throw new HostFileException(HostFileException.Busy);
    }

    /// <summary>This machine's time of a file as lab time: as long ago, the lab's clock running faster.</summary>
    private DateTimeOffset LabTime(DateTime modified)
    {
        var age = clock.Real.GetUtcNow() - new DateTimeOffset(modified, TimeSpan.Zero);
        return clock.GetUtcNow() - (age > TimeSpan.Zero ? age * clock.Speed : TimeSpan.Zero);
    }
}
