using System.Security.Cryptography;
using Renci.SshNet.Common;

namespace OpsKit.Connections.Ssh;

/// <summary>Sends one file: temporary name, digest, rename.</summary>
internal sealed class Uploader(SshTarget target, SshSession session, Func<CancellationToken, Task<ISftpChannel>> connectSftp, TimeProvider clock)
{
    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromSeconds(30);

    internal async Task<UploadResult> SendAsync(Upload upload, IProgress<UploadProgress>? progress, CancellationToken cancellationToken)
    {
        var (folder, name) = Split(upload.RemotePath);
        using var file = OpenLocal(upload.LocalPath);
        var connecting = connectSftp(cancellationToken);
        BlockingCalls.Forget(connecting);
        var digestProgram = await PrepareAsync(upload, folder, cancellationToken).ConfigureAwait(false);
        var temporary = $"{folder.TrimEnd('/')}/.{name}.opskit-{Guid.NewGuid().ToString("N")[..12]}";
        using var source = new UploadSource(file, DigestAlgorithm(digestProgram), progress, clock);
        using var sftp = await SftpOrNullAsync(connecting).ConfigureAwait(false);
        try
        {
            var started = clock.GetTimestamp();
            await (sftp is not null ? BySftpAsync(sftp, source, temporary, upload, cancellationToken) : ByCatAsync(source, temporary, upload, cancellationToken)).ConfigureAwait(false);
            var duration = clock.GetElapsedTime(started);
            source.ReportEnd();
            if (digestProgram == "cat")
                await ReadBackAsync(sftp, source, temporary, upload, cancellationToken).ConfigureAwait(false);
            await FinishAsync(upload, temporary, digestProgram, source.Digest, cancellationToken).ConfigureAwait(false);
            return new UploadResult(source.Position, source.Sha256, digestProgram, sftp is null ? "cat" : "sftp", duration);
        }
        catch
        {
            await RemoveAsync(temporary).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<string> PrepareAsync(Upload upload, string folder, CancellationToken cancellationToken)
    {
        var looked = await ScriptAsync(HostScripts.BeforeUpload, "looking at " + folder, ScriptTimeout, cancellationToken, folder, upload.RemotePath).ConfigureAwait(false);
        return looked.ExitStatus switch
        {
            0 => looked.Output.Trim(),
            3 => throw Refused($"there is no folder {folder}", "create it, or give another remote path"),
            4 => throw Refused($"folder {folder} cannot be written", "check its permissions and whether its file system is mounted read-only"),
            5 => throw Refused($"{upload.RemotePath} is a folder", "name the file, too"),
            _ => throw Refused($"commands cannot be run there (exit status {looked.ExitStatus?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}): {Said(looked)}", null),
        };
    }

    private static async Task<ISftpChannel?> SftpOrNullAsync(Task<ISftpChannel> connecting)
    {
        try
        {
            return await connecting.ConfigureAwait(false);
        }
        catch (OpsKitException e) when (e.InnerException is SshException and not SshConnectionException and not SshAuthenticationException and not SshOperationTimeoutException)
        {
            // Logged in, but no SFTP server behind it: some hardened hosts.
            return null;
        }
    }

    private Task BySftpAsync(ISftpChannel sftp, UploadSource source, string temporary, Upload upload, CancellationToken cancellationToken)
    {
        var sending = BlockingCalls.RunAsync(() => sftp.Upload(source, temporary, source.Report));
        return AttendAsync(sending, sftp.Dispose, source, upload, cancellationToken);
    }

    private async Task ByCatAsync(UploadSource source, string temporary, Upload upload, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var command = new RemoteCommand(PosixShell.Script(HostScripts.Receive, temporary)) { Timeout = TimeSpan.FromDays(1) };
        var sending = session.RunFedAsync(command, Doing(upload), input => source.CopyTo(input, 32 * 1024), stop.Token);
        await AttendAsync(sending, stop.Cancel, source, upload, cancellationToken).ConfigureAwait(false);
        var received = await sending.ConfigureAwait(false);
        if (!received.Succeeded)
            throw Refused($"{upload.RemotePath} was not taken: {Said(received)}", "check the free space there");
    }

    /// <summary>Waits while bytes go out; gives up when none do.</summary>
    private async Task AttendAsync(Task sending, Action stop, UploadSource source, Upload upload, CancellationToken cancellationToken)
    {
        var last = -1L;
        try
        {
            while (await Task.WhenAny(sending, Task.Delay(upload.StallTimeout, clock, cancellationToken)).ConfigureAwait(false) != sending)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (source.Reported == last)
                    throw SshFailures.Deadline(target, $"a byte more of {Doing(upload)} after {last} of {source.Length}", upload.StallTimeout);
                last = source.Reported;
            }

            await sending.ConfigureAwait(false);
        }
        catch (SshException e) when (!SshFailures.IsConnectionLoss(e))
        {
            throw Refused($"{upload.RemotePath} was not taken after {source.Reported} of {source.Length} bytes: {e.Message.TrimEnd('.')}", "check the free space there and the permissions of the folder", e);
        }
        catch (Exception e) when (SshFailures.IsConnectionLoss(e))
        {
            throw new OpsKitException(FailureKind.Unreachable, $"the connection broke after {source.Reported} of {source.Length} bytes of {upload.RemotePath}; the old file is still there", target.Display, "start the upload again", e);
        }
        finally
        {
            if (!sending.IsCompleted)
            {
                BlockingCalls.Forget(sending);
                BlockingCalls.Forget(BlockingCalls.RunAsync(stop));
            }
        }
    }

    /// <summary>For hosts without a digest program: what was sent is read back and hashed here.</summary>
    private async Task ReadBackAsync(ISftpChannel? sftp, UploadSource source, string temporary, Upload upload, CancellationToken cancellationToken)
    {
        if (sftp is null)
            throw Refused("it has neither an SFTP server nor sha256sum, sha1sum or md5sum: what arrives cannot be checked", null);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var back = new HashingStream(hash);
        var reading = BlockingCalls.RunAsync(() => sftp.Download(temporary, back));
        await AttendAsync(reading, sftp.Dispose, source, upload with { StallTimeout = upload.DigestTimeout }, cancellationToken).ConfigureAwait(false);
        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != source.Sha256)
            throw Differs(upload, source.Sha256, found);
    }

    private async Task FinishAsync(Upload upload, string temporary, string program, string digest, CancellationToken cancellationToken)
    {
        var done = await ScriptAsync(
            HostScripts.VerifyAndRename, "checking " + upload.RemotePath, upload.DigestTimeout, cancellationToken, temporary, program, digest, upload.Mode, upload.RemotePath).ConfigureAwait(false);
        if (done.ExitStatus == 3)
            throw Differs(upload, digest, done.Output.Trim());
        if (!done.Succeeded)
            throw Refused($"{upload.RemotePath} cannot be put in place: {Said(done)}", null);
    }

    private async Task RemoveAsync(string temporary)
    {
        try
        {
            if (session.IsConnected)
                await session.RunAsync(new RemoteCommand(PosixShell.Command("rm", "-f", temporary)) { Timeout = TimeSpan.FromSeconds(10) }, "removing " + temporary, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OpsKitException)
        {
            // The failure that brought us here is the one to tell.
        }
    }

    private Task<RemoteCommandResult> ScriptAsync(string script, string doing, TimeSpan timeout, CancellationToken cancellationToken, params string[] arguments) =>
        session.RunAsync(new RemoteCommand(PosixShell.Script(script, arguments)) { Timeout = timeout }, doing, cancellationToken);

    private OpsKitException Differs(Upload upload, string expected, string found) => new(
        FailureKind.Failed, $"what arrived as {upload.RemotePath} is not what was sent: expected {expected}, found {(found.Length > 0 ? found : "nothing")}", target.Display, "start the upload again; if it differs again, suspect the disk there");

    private OpsKitException Refused(string what, string? next, Exception? cause = null) => new(FailureKind.Failed, what, target.Display, next, cause);

    private static string Doing(Upload upload) => "sending " + upload.RemotePath;

    private static string Said(RemoteCommandResult result)
    {
        var said = (result.Error.Length > 0 ? result.Error : result.Output).Trim().ReplaceLineEndings("; ");
        return said.Length switch { 0 => "it says nothing", > 300 => said[..300] + "…", _ => said };
    }

    private static HashAlgorithmName? DigestAlgorithm(string program) => program switch
    {
        "sha1sum" => HashAlgorithmName.SHA1,
        "md5sum" => HashAlgorithmName.MD5,
        _ => null,
    };

    private static (string Folder, string Name) Split(string remotePath)
    {
        var slash = remotePath.LastIndexOf('/');
        if (slash < 0 || remotePath[0] != '/' || slash == remotePath.Length - 1 || remotePath.Contains('\0', StringComparison.Ordinal))
            throw new OpsKitException(FailureKind.Usage, $"\"{remotePath}\" is not an absolute path of a file", next: "give one such as /vmfs/volumes/datastore1/file.vib");
        return (slash == 0 ? "/" : remotePath[..slash], remotePath[(slash + 1)..]);
    }

    private static FileStream OpenLocal(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"cannot be read: {e.Message}", path, innerException: e);
        }
    }
}
