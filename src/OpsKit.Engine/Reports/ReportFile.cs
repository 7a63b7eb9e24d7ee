using OpsKit.Connections;

namespace OpsKit.Engine.Reports;

/// <summary>Writes an output file so that it is there completely or not at all: to a temporary name beside it, flushed, then renamed.</summary>
public static class ReportFile
{
    /// <summary>Finds out whether the file could be written, before any work is done for it.</summary>
    /// <exception cref="OpsKitException">The folder is missing or read-only, or the path is a folder (<see cref="FailureKind.Usage"/>).</exception>
    public static void CheckWritable(string path)
    {
        var target = Resolve(path, FailureKind.Usage);
        if (IsDevice(target))
            return;

        var probe = TemporaryName(target);
        Guarded(target, FailureKind.Usage, () =>
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write))
            {
            }

            File.Delete(probe);
        });
    }

    /// <summary>Writes the file; one that is already there stays as it is until the new one is complete, and is then replaced.</summary>
    /// <param name="path">The file's path. A symbolic link is followed.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="OpsKitException">The folder is missing, read-only or full (<see cref="FailureKind.Failed"/>).</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var target = Resolve(path, FailureKind.Failed);
        if (IsDevice(target))
        {
            Guarded(target, FailureKind.Failed, () =>
            {
                using var device = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                write(device);
            });
            return;
        }

        var temporary = TemporaryName(target);
        try
        {
            Guarded(target, FailureKind.Failed, () =>
            {
                using (var stream = new FileStream(temporary, LikeExisting(target)))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(temporary, target, overwrite: true);
            });
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    private static string Resolve(string path, FailureKind kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(path);
        if (IsDevice(target))
            return target;
        if (new FileInfo(target) is { LinkTarget: not null } link)
            target = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? target;
        if (Directory.Exists(target))
            throw new OpsKitException(kind, "is a folder, not a file", path, "give a file name, such as --out " + Path.Combine(path, "report.csv"));

        var folder = Path.GetDirectoryName(target);
        if (folder is not null && !Directory.Exists(folder))
            throw new OpsKitException(kind, $"the folder {folder} does not exist", path, $"mkdir {(OperatingSystem.IsWindows() ? "" : "-p ")}{folder}");
        return target;
    }

    /// <summary><c>/dev/stdout</c>, <c>/dev/null</c> and a shell's <c>&gt;(…)</c> are written to, not replaced.</summary>
    private static bool IsDevice(string target) =>
        !OperatingSystem.IsWindows()
        && (target.StartsWith("/dev/", StringComparison.Ordinal) || target.StartsWith("/proc/", StringComparison.Ordinal));

    private static string TemporaryName(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");

    private static FileStreamOptions LikeExisting(string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            options.UnixCreateMode = File.GetUnixFileMode(target);
        return options;
    }

    private static void Guarded(string target, FailureKind kind, Action act)
    {
        try
        {
            act();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OpsKitException(kind, "cannot be written: no permission", target, "choose another folder with --out FILE", e);
        }
        catch (IOException e)
        {
            throw new OpsKitException(kind, $"cannot be written: {e.Message}", target, "choose another folder with --out FILE", e);
        }
    }
}
