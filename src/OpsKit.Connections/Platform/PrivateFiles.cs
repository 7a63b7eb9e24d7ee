using System.Globalization;

namespace OpsKit.Connections.Platform;

/// <summary>Files only their owner may read: written whole or not at all, one writer at a time.</summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMacOS = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(20);

    /// <summary>Makes a folder only its owner may enter; one that is there already is left as it is.</summary>
    /// <exception cref="OpsKitException">It cannot be made (<see cref="FailureKind.Usage"/>).</exception>
    public static void CreateFolder(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"cannot be created: {e.Message}", path, "set OPSKIT_STATE_DIR to a folder you can write", e);
        }
    }

    /// <summary>Replaces a file's content in one step: a reader sees the old or the new, also after a crash.</summary>
    /// <exception cref="OpsKitException">It cannot be written; the old content is still there (<see cref="FailureKind.Failed"/>).</exception>
    public static void Replace(string path, string content)
    {
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, Options(FileMode.CreateNew)))
            using (var writer = new StreamWriter(stream))
            {
                writer.Write(content);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new OpsKitException(FailureKind.Failed, $"cannot be written: {e.Message}", path, innerException: e);
        }
    }

    /// <summary>Waits for a lock file and holds it until disposed. It works between processes, and a crash releases it.</summary>
    /// <exception cref="OpsKitException">Another process held it all the time (<see cref="FailureKind.Locked"/>), or the file cannot be made (<see cref="FailureKind.Usage"/>).</exception>
    public static async Task<IDisposable> LockAsync(string path, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clock);
        for (var start = clock.GetTimestamp(); ;)
        {
            if (TryLock(path) is { } held)
                return held;
            ThrowIfOver(path, clock.GetElapsedTime(start), timeout);
            await Task.Delay(LockPoll, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same on a thread that may wait, for callbacks that cannot: <see cref="LockAsync"/> everywhere else.</summary>
    /// <inheritdoc cref="LockAsync"/>
    public static IDisposable Lock(string path, TimeSpan timeout, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        using var pause = new ManualResetEventSlim();
        for (var start = clock.GetTimestamp(); ;)
        {
            if (TryLock(path) is { } held)
                return held;
            ThrowIfOver(path, clock.GetElapsedTime(start), timeout);
            pause.Wait(LockPoll);
        }
    }

    /// <summary>Whether somebody holds a lock file now. Looking holds up others who look in no way, and who wants to lock it for an instant only.</summary>
    /// <exception cref="OpsKitException">It cannot be looked at (<see cref="FailureKind.Usage"/>).</exception>
    public static bool IsLocked(string path)
    {
        try
        {
            using var look = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete });
            return false;
        }
        catch (IOException e) when (e.HResult is WouldBlockOnLinux or WouldBlockOnMacOS or SharingViolationOnWindows)
        {
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"cannot be looked at: {e.Message}", path, "set OPSKIT_STATE_DIR to a folder you can write", e);
        }
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, Options(FileMode.OpenOrCreate));
        }
        catch (IOException e) when (e.HResult is WouldBlockOnLinux or WouldBlockOnMacOS or SharingViolationOnWindows)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"cannot be locked: {e.Message}", path, "set OPSKIT_STATE_DIR to a folder you can write", e);
        }
    }

    private static void ThrowIfOver(string path, TimeSpan waited, TimeSpan timeout)
    {
        if (waited >= timeout)
            throw new OpsKitException(FailureKind.Locked, $"is held by another opskit for more than {timeout.TotalSeconds:0} s", path);
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }
}
