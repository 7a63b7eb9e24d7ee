using System.Globalization;
using OpsKit.Vim25;

namespace OpsKit.Lab.Doors.Sftp;

/// <summary>What a client can do with the files of a thing. Failures are those of this machine's file system.</summary>
internal sealed class SftpFiles(LabShell shell, ShellDoors doors, string root) : IDisposable
{
    private const int MostOpen = 256;

    private readonly Dictionary<string, SftpOpen> _open = new(StringComparer.Ordinal);
    private readonly IShellModes? _modes = shell.Endpoint.FileModes;
    private int _opened;

    /// <summary>What a handle stands for.</summary>
    public SftpOpen this[string handle] => _open.TryGetValue(handle, out var open) ? open : throw new SftpException(SftpStatus.Failure, "Bad file handle");

    /// <summary>Opens a file.</summary>
    /// <returns>Its handle, and how late that is answered in lab time.</returns>
    public (string Handle, TimeSpan Lateness) Open(string path, SftpOpenFlags flags, SftpAttributes attributes)
    {
        var file = Map(path);
        if (Directory.Exists(file))
            throw new SftpException(SftpStatus.Failure, "Is a directory");
        if (!flags.HasFlag(SftpOpenFlags.Write))
        {
            doors.Note(shell, "sftp read", OperationKind.Query, path, $"reads {path}");
            return (Add(new SftpOpen { Path = path, Reading = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0) }), TimeSpan.Zero);
        }

        var options = new FileStreamOptions { Mode = ModeOf(flags), Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        var isNew = !File.Exists(file);
        var sending = doors.Receive(shell, path, () => new FileStream(file, options));
        if (isNew)
            SetMode(file, attributes.Mode);
        if (flags.HasFlag(SftpOpenFlags.Truncate))
            sending.File.SetLength(0);
        return (Add(new SftpOpen { Path = path, Sending = sending }), sending.Lateness);
    }

    public string OpenFolder(string path)
    {
        var folder = new DirectoryInfo(Map(path));
        return Add(new SftpOpen { Path = path, Listing = new Queue<FileSystemInfo>(folder.EnumerateFileSystemInfos().OrderBy(file => file.Name, StringComparer.Ordinal)) });
    }

    public void Close(string handle)
    {
        this[handle].Dispose();
        _open.Remove(handle);
    }

    /// <summary>A file or folder that is there.</summary>
    /// <exception cref="FileNotFoundException">It is not.</exception>
    public FileSystemInfo Look(string path, bool followLinks) => LookAt(Map(path, followLinks));

    public static FileSystemInfo LookAt(string file) =>
        Directory.Exists(file) && new FileInfo(file).LinkTarget is null ? new DirectoryInfo(file)
        : new FileInfo(file) is { } found && (found.Exists || found.LinkTarget is not null) ? found
        : throw new FileNotFoundException();

    public string LinkOf(string path) => Look(path, followLinks: false).LinkTarget ?? throw new SftpException(SftpStatus.Failure, "Invalid argument");

    public void Set(string path, SftpAttributes attributes)
    {
        var file = Look(path, followLinks: true).FullName;
        Changed("sftp setstat", path, $"sets the attributes of {path}");
        attributes.ApplyTo(file);
        SetMode(file, attributes.Mode);
    }

    public void Remove(string path)
    {
        if (Look(path, followLinks: false) is not FileInfo file)
            throw new SftpException(SftpStatus.Failure, "Is a directory");
        Changed("sftp remove", path, $"removes {path}");
        file.Delete();
        _modes?.Forget(file.FullName);
    }

    public void MakeFolder(string path, SftpAttributes attributes)
    {
        var folder = Map(path);
        if (Path.Exists(folder))
            throw new SftpException(SftpStatus.Failure, "File exists");
        if (!Directory.Exists(Path.GetDirectoryName(folder)))
            throw new DirectoryNotFoundException();
        Changed("sftp mkdir", path, $"makes the folder {path}");
        Directory.CreateDirectory(folder);
        SetMode(folder, attributes.Mode);
    }

    public void RemoveFolder(string path)
    {
        if (Look(path, followLinks: false) is not DirectoryInfo folder || ShellFiles.Canonical(path) == "/")
            throw new SftpException(SftpStatus.Failure, "Not a directory");
        RequireNoMount(path);
        Changed("sftp rmdir", path, $"removes the folder {path}");
        folder.Delete();
        _modes?.Forget(folder.FullName);
    }

    /// <param name="from">What is renamed.</param>
    /// <param name="to">Its new path.</param>
    /// <param name="replace">Whether a file that is there gives way.</param>
    public void Rename(string from, string to, bool replace)
    {
        var moved = Look(from, followLinks: false);
        var target = Map(to, followLast: false);
        if (!replace && Path.Exists(target))
            throw new SftpException(SftpStatus.Failure, "File exists");
        RequireNoMount(from);
        RequireNoMount(to);
        var path = moved.FullName;
        Changed("sftp rename", from, $"renames {from} to {to}");
        if (moved is FileInfo file)
            file.MoveTo(target, replace);
        else
            ((DirectoryInfo)moved).MoveTo(target);
        _modes?.Move(path, target);
    }

    public UnixFileMode ModeOf(FileSystemInfo file) =>
        (_modes is null || file.LinkTarget is not null ? file.UnixFileMode : (UnixFileMode)_modes.Of(file.FullName, file is DirectoryInfo)) & SftpAttributes.Plain;

    public void Dispose()
    {
        foreach (var open in _open.Values)
            open.Dispose();
    }

    private string Map(string path, bool followLast = true) => ShellFiles.Map(root, path, followLast);

    private void RequireNoMount(string path)
    {
        if (ShellMounts.Of(root).Any(mount => mount.Path == ShellFiles.Canonical(path)))
            throw new SftpException(SftpStatus.Failure, "Device or resource busy");
    }

    private void SetMode(string file, UnixFileMode? mode)
    {
        if (mode is not { } bits)
            return;
        if (_modes is not null)
            _modes.Set(file, (int)bits);
        else if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, bits);
    }

    private void Changed(string operation, string path, string summary) => doors.Note(shell, operation, OperationKind.Change, path, summary);

    private string Add(SftpOpen open)
    {
        if (_open.Count >= MostOpen)
        {
            open.Dispose();
            throw new SftpException(SftpStatus.Failure, "Too many open files");
        }

        var handle = (++_opened).ToString(CultureInfo.InvariantCulture);
        _open.Add(handle, open);
        return handle;
    }

    private static FileMode ModeOf(SftpOpenFlags flags) =>
        !flags.HasFlag(SftpOpenFlags.Create) ? FileMode.Open
        : flags.HasFlag(SftpOpenFlags.Exclusive) ? FileMode.CreateNew
        : FileMode.OpenOrCreate;
}
