using System.Text;
using OpsKit.Connections;
using OpsKit.Connections.Platform;

namespace OpsKit.Modules.Licensing;

/// <summary>
/// Keeps each day's high-water mark of each pool in a text file of the state folder (<c>licensing/vram-marks.tsv</c>).
/// </summary>
/// <remarks>
/// A recorder holds a lock file while it reads, merges and replaces the file, so recorders at the same time lose nothing; the replacement
/// is written beside it, flushed to the disk and renamed, so a reader sees the old file or the new one. Lines that cannot be read are
/// reported and kept as they are.
/// </remarks>
public sealed class VramHistoryStore
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(25);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _folder;
    private readonly TimeProvider _clock;

    /// <summary>Opens the store; nothing is touched before it is used.</summary>
    /// <param name="jumpHost">The machine whose state folder holds it.</param>
    public VramHistoryStore(JumpHost jumpHost)
    {
        ArgumentNullException.ThrowIfNull(jumpHost);
        _folder = Path.Combine(jumpHost.StateDirectory, "licensing");
        _clock = jumpHost.Clock;
    }

    /// <summary>The file.</summary>
    public string File => Path.Combine(_folder, "vram-marks.tsv");

    /// <summary>What has been recorded.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OpsKitException">The file cannot be read.</exception>
    public async Task<VramHistory> ReadAsync(CancellationToken cancellationToken = default)
    {
        string text;
        try
        {
            text = await System.IO.File.ReadAllTextAsync(File, Utf8, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new VramHistory([], []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("cannot be read", e);
        }

        return VramHistory.Parse(text);
    }

    /// <summary>Records marks: the day keeps the higher one.</summary>
    /// <param name="marks">What was seen.</param>
    /// <param name="cancellationToken">Cancels; the file is then as it was.</param>
    /// <returns>The days' marks as they stand now, for the pools given.</returns>
    /// <exception cref="OpsKitException">The folder cannot be written, or another recorder held the lock for half a minute.</exception>
    public async Task<IReadOnlyList<VramMark>> RecordAsync(IReadOnlyList<VramMark> marks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(marks);
        try
        {
            Directory.CreateDirectory(_folder);
            await using var held = (await LockAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            RemoveLeftovers();
            var merged = (await ReadAsync(cancellationToken).ConfigureAwait(false)).Merge(marks);
            await ReplaceAsync(merged.ToText(), cancellationToken).ConfigureAwait(false);
            var recorded = marks.Select(mark => (mark.Series, mark.Day)).ToHashSet();
            return [.. merged.Marks.Where(mark => recorded.Contains((mark.Series, mark.Day)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("cannot be written", e);
        }
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, "vram-marks.lock");
        var started = _clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (_clock.GetElapsedTime(started) > LockPatience)
                    throw new OpsKitException(FailureKind.Locked, "is locked by another recorder", path, "let it finish, then record again", e);
            }

            await Task.Delay(LockPause, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReplaceAsync(string text, CancellationToken cancellationToken)
    {
        var temporary = $"{File}.{Guid.NewGuid():N}.tmp";
        var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(Utf8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(temporary, File, overwrite: true);
    }

    // The lock is held, so these belong to recorders that died.
    private void RemoveLeftovers()
    {
        foreach (var leftover in Directory.EnumerateFiles(_folder, "vram-marks.tsv.*.tmp"))
            System.IO.File.Delete(leftover);
    }

    private OpsKitException Failed(string what, Exception cause) => new(
        FailureKind.Failed, $"{what}: {cause.Message}", File, "check the folder's rights, or choose another one with OPSKIT_STATE_DIR", cause);
}
