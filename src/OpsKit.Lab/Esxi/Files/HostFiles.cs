using OpsKit.Lab.Doors;
using OpsKit.Lab.Esxi.Programs;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Files;

/// <summary>The file system of a host. Paths are absolute and in <see cref="ByteText"/>; what fails says so as Unix does.</summary>
/// <param name="root">The folder of this machine that is its <c>/</c>.</param>
/// <param name="volumes">Its file systems; the first is <c>/</c>.</param>
/// <param name="modes">Permission bits.</param>
/// <param name="programs">What is installed: it is there without taking room.</param>
/// <param name="clock">Files have lab time.</param>
/// <param name="writing">Hears of each file before it is written; it may refuse.</param>
internal sealed class HostFiles(string root, IReadOnlyList<HostVolume> volumes, FileModes modes, ProgramTable programs, LabClock clock, Action<string> writing)
{
    private const string VolumesFolder = "/vmfs/volumes";
    private const int ProgramMode = 0b101_101_101;
    private const int ProgramSize = 397_104;
    private static readonly DateTimeOffset ProgramDate = new(2011, 8, 18, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan OldestAge = TimeSpan.FromDays(3650);
    private static readonly byte[] ProgramContent = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0];

    public string Root => root;

    public IReadOnlyList<HostVolume> Volumes => volumes;

    public FileModes Modes => modes;

    /// <summary>What <see cref="ShellMounts"/> is to know.</summary>
    public static IReadOnlyList<ShellMount> Mounts(IReadOnlyList<HostVolume> volumes) =>
        [.. volumes.Skip(1).SelectMany(volume => new[] { volume.Path, volume.Alias }.OfType<string>().Select(path => new ShellMount(path, volume.Folder)))];

    /// <summary>A path as the process in that folder means it.</summary>
    public static string Resolve(string folder, string path) => ShellFiles.Canonical(path.StartsWith('/') ? path : folder + "/" + path);

    public string Map(string path, bool followLast = true) => ShellFiles.Map(root, ByteText.Decode(path), followLast);

    /// <summary>The volume a path is on.</summary>
    public HostVolume VolumeOf(string path)
    {
        var canonical = ShellFiles.Canonical(path);
        return volumes.Skip(1).FirstOrDefault(volume => IsAtOrBelow(canonical, volume.Path) || (volume.Alias is { } alias && IsAtOrBelow(canonical, alias))) ?? volumes[0];
    }

    /// <summary>What is there; null for nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followLast">Whether it is what a link leads to, or the link.</param>
    public HostFileInfo? Find(string path, bool followLast = true)
    {
        if (HostDevices.Is(path))
            return new HostFileInfo(HostFileKind.Device, 0, 0b110_110_110, clock.GetUtcNow());
        var mapped = Map(path, followLast);
        if (!followLast && new FileInfo(mapped) is { LinkTarget: { } target } symbolic)
            return new HostFileInfo(HostFileKind.File, target.Length, 0b111_111_111, LabTime(symbolic.LastWriteTimeUtc), ByteText.Of(target));
        FileSystemInfo info = new DirectoryInfo(mapped);
        if (!info.Exists)
            info = new FileInfo(mapped);
        if (!info.Exists)
            return programs.At(ShellFiles.Canonical(path)) is null ? null : new HostFileInfo(HostFileKind.File, ProgramSize, ProgramMode, ProgramDate);
        var folder = info is DirectoryInfo;
        var link = volumes.FirstOrDefault(volume => volume.Alias == ShellFiles.Canonical(path))?.Path;
        return new HostFileInfo(folder ? HostFileKind.Folder : HostFileKind.File, info is FileInfo file ? file.Length : 512, modes.Of(mapped, folder), LabTime(info.LastWriteTimeUtc), link);
    }

    public bool IsFolder(string path) => Find(path) is { IsFolder: true };

    public HostFileInfo Stat(string path, bool followLast = true) => Find(path, followLast) ?? throw new HostFileException(HostFileException.NoEntry);

    /// <summary>The names in a folder, in order.</summary>
    public IReadOnlyList<string> List(string path)
    {
        if (!Stat(path).IsFolder)
            throw new HostFileException(HostFileException.NotFolder);
        var names = new DirectoryInfo(Map(path)).EnumerateFileSystemInfos().Select(info => ByteText.Of(info.Name)).ToHashSet(StringComparer.Ordinal);
        names.UnionWith(programs.In(ShellFiles.Canonical(path)));
        return [.. names.Order(StringComparer.Ordinal)];
    }

    public Stream OpenRead(string path)
    {
        if (HostDevices.Is(path))
            return HostDevices.Open(path);
        if (Stat(path).IsFolder)
            throw new HostFileException(HostFileException.IsFolder);
        var mapped = Map(path);
        return !File.Exists(mapped) && programs.At(ShellFiles.Canonical(path)) is not null
            ? new MemoryStream(ProgramContent, writable: false)
            : new FileStream(mapped, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Opens a file that is written; it is made where it is not there, without the permission bits of the mask.</summary>
    public Stream OpenWrite(string path, HostWriting how, int mask = 0b000_010_010)
    {
        if (HostDevices.Is(path))
            return HostDevices.Open(path);
        var there = Find(path);
        if (there is { IsFolder: true })
            throw new HostFileException(HostFileException.IsFolder);
        RequireNoProgram(path);
        writing(path);
        var volume = VolumeOf(path);
        var mapped = Map(path);
        if (volume.Room.Used >= volume.Room.Bytes)
            throw new HostFileException(HostFileException.NoSpace);
        var file = new FileStream(
            mapped, how == HostWriting.Anew ? FileMode.Create : FileMode.OpenOrCreate, how == HostWriting.Both ? FileAccess.ReadWrite : FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (there is null)
            modes.Set(mapped, 0b110_110_110 & ~mask);
        if (how == HostWriting.Anew)
            volume.Room.Shrunk();
        return new HostFileStream(file, volume.Room, how == HostWriting.Append);
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
        if (Stat(path, followLast: false).IsFolder)
            throw new HostFileException(HostFileException.IsFolder);
        RequireNoProgram(path);
        var mapped = Map(path, followLast: false);
        File.Delete(mapped);
        modes.Forget(mapped);
        VolumeOf(path).Room.Shrunk();
    }

    public void RemoveFolder(string path)
    {
        RequireNoVolume(path);
        if (!Stat(path, followLast: false).IsFolder)
            throw new HostFileException(HostFileException.NotFolder);
        if (List(path).Count > 0)
            throw new HostFileException(HostFileException.NotEmpty);
        var mapped = Map(path);
        Directory.Delete(mapped);
        modes.Forget(mapped);
    }

    /// <summary>Renames; a file that is there already is replaced.</summary>
    public void Move(string from, string to)
    {
        var moved = Stat(from, followLast: false);
        RequireNoVolume(from);
        RequireNoVolume(to);
        RequireNoProgram(from);
        if (Find(to, followLast: false) is { } there && there.IsFolder != moved.IsFolder)
            throw new HostFileException(there.IsFolder ? HostFileException.IsFolder : HostFileException.NotFolder);
        var (source, target) = (Map(from, followLast: false), Map(to, followLast: false));
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

    /// <summary>Makes a symbolic link.</summary>
    public void CreateLink(string path, string target)
    {
        if (Find(path, followLast: false) is not null)
            throw new HostFileException(HostFileException.Exists);
        File.CreateSymbolicLink(Map(path, followLast: false), ByteText.Decode(target));
    }

    public void SetMode(string path, int mode)
    {
        if (Stat(path).Kind != HostFileKind.Device)
            modes.Set(Map(path), mode);
    }

    public void Touch(string path, int mask)
    {
        if (Find(path) is not { } there)
            OpenWrite(path, HostWriting.Append, mask).Dispose();
        else if (there.IsFolder)
            Directory.SetLastWriteTimeUtc(Map(path), clock.Real.GetUtcNow().UtcDateTime);
        else if (there.Kind == HostFileKind.File)
            File.SetLastWriteTimeUtc(Map(path), clock.Real.GetUtcNow().UtcDateTime);
    }

    public static string Parent(string path) => ShellFiles.Canonical(path + "/..");

    private void RequireNoProgram(string path)
    {
        if (programs.At(ShellFiles.Canonical(path)) is not null)
            throw new HostFileException(HostFileException.Busy);
    }

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
        var days = Math.Clamp((clock.Real.GetUtcNow() - new DateTimeOffset(modified, TimeSpan.Zero)).TotalDays * clock.Speed, 0, OldestAge.TotalDays);
        return clock.GetUtcNow() - TimeSpan.FromDays(days);
    }
}
