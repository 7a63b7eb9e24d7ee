using System.Buffers.Binary;

namespace OpsKit.Lab.Doors.Sftp;

/// <summary>
/// The server's side of SFTP version 3, which OpenSSH and every client speak (draft-ietf-secsh-filexfer-02), for one channel. Symbolic links are shown and
/// followed within the thing's own file system; they cannot be made.
/// </summary>
internal sealed class SftpServer(LabShell shell, ShellDoors doors, string root)
{
    private const uint Version = 3;
    private const int LongestPacket = 1024 * 1024;
    private const uint LongestRead = 256 * 1024;
    private const int NamesAtOnce = 64;
    private const string PosixRename = "posix-rename@openssh.com";
    private const string Sync = "fsync@openssh.com";

    private readonly byte[] _read = new byte[LongestRead];

    /// <summary>Serves until the client closes.</summary>
    /// <exception cref="ConnectionCutException">The connection is to break.</exception>
    /// <exception cref="EndOfStreamException">It broke within a packet.</exception>
    public async Task ServeAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        using var files = new SftpFiles(shell, doors, root);
        while (await NextAsync(input, cancellationToken).ConfigureAwait(false) is { } request)
        {
            var (answer, lateness) = Answer(files, request);
            if (lateness > TimeSpan.Zero)
                await Task.Delay(lateness, doors.Clock, cancellationToken).ConfigureAwait(false);
            await output.WriteAsync(answer.ToBytes(), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<SftpRequest?> NextAsync(Stream input, CancellationToken cancellationToken)
    {
        var head = new byte[sizeof(int)];
        if (await input.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < head.Length)
            return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(head);
        if (length is < 1 or > LongestPacket)
            throw new InvalidDataException($"a packet of {length} bytes is none of SFTP");
        var packet = new byte[length];
        await input.ReadExactlyAsync(packet, cancellationToken).ConfigureAwait(false);
        return new SftpRequest((SftpKind)packet[0], packet.AsMemory(1));
    }

    private (SftpAnswer Answer, TimeSpan Lateness) Answer(SftpFiles files, SftpRequest request)
    {
        if (request.Kind == SftpKind.Init)
            return (new SftpAnswer(SftpKind.Version, Version).Text(PosixRename).Text("1").Text(Sync).Text("1"), TimeSpan.Zero);

        var number = request.UInt32();
        try
        {
            if (request.Kind != SftpKind.Open)
                return (Answer(files, request, number), TimeSpan.Zero);
            var (handle, lateness) = files.Open(request.Text(), (SftpOpenFlags)request.UInt32(), SftpAttributes.Read(request));
            return (new SftpAnswer(SftpKind.Handle, number).Text(handle), lateness);
        }
        catch (Exception e) when (e is IOException and not ConnectionCutException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var failure = SftpException.Of(e);
            return (SftpAnswer.Status(number, failure.Status, failure.Message), TimeSpan.Zero);
        }
    }

    private SftpAnswer Answer(SftpFiles files, SftpRequest request, uint number)
    {
        switch (request.Kind)
        {
            case SftpKind.Close:
                files.Close(request.Text());
                break;
            case SftpKind.Read:
                return Data(files[request.Text()].File, request.UInt64(), request.UInt32(), number);
            case SftpKind.Write:
                Write(files[request.Text()], request.UInt64(), request.Bytes());
                break;
            case SftpKind.LStat:
                return Attributes(files, files.Look(request.Text(), followLinks: false), number);
            case SftpKind.Stat:
                return Attributes(files, files.Look(request.Text(), followLinks: true), number);
            case SftpKind.FStat:
                return Attributes(files, SftpFiles.LookAt(files[request.Text()].File.Name), number);
            case SftpKind.SetStat:
                files.Set(request.Text(), SftpAttributes.Read(request));
                break;
            case SftpKind.FSetStat:
                files.Set(files[request.Text()].Path, SftpAttributes.Read(request));
                break;
            case SftpKind.OpenDir:
                return new SftpAnswer(SftpKind.Handle, number).Text(files.OpenFolder(request.Text()));
            case SftpKind.ReadDir:
                return Names(files, files[request.Text()], number);
            case SftpKind.Remove:
                files.Remove(request.Text());
                break;
            case SftpKind.MkDir:
                files.MakeFolder(request.Text(), SftpAttributes.Read(request));
                break;
            case SftpKind.RmDir:
                files.RemoveFolder(request.Text());
                break;
            case SftpKind.RealPath:
                return Name(ShellFiles.Canonical(request.Text()), number);
            case SftpKind.Rename:
                files.Rename(request.Text(), request.Text(), replace: false);
                break;
            case SftpKind.ReadLink:
                return Name(files.LinkOf(request.Text()), number);
            case SftpKind.Extended:
                Extended(files, request);
                break;
            default:
                throw Unsupported();
        }

        return SftpAnswer.Status(number, SftpStatus.Ok, "Success");
    }

    private SftpAnswer Data(FileStream file, ulong offset, uint count, uint number)
    {
        var read = offset > long.MaxValue ? 0 : RandomAccess.Read(file.SafeFileHandle, _read.AsSpan(0, (int)Math.Min(count, LongestRead)), (long)offset);
        return read == 0 ? SftpAnswer.Status(number, SftpStatus.EndOfFile, "End of file") : new SftpAnswer(SftpKind.Data, number).Bytes(_read.AsSpan(0, read));
    }

    private static void Write(SftpOpen open, ulong offset, ReadOnlySpan<byte> piece)
    {
        if (open.Sending is not { } sending || offset > long.MaxValue)
            throw new SftpException(SftpStatus.Failure, "Bad file handle");
        sending.Write((long)offset, piece);
    }

    private static SftpAnswer Attributes(SftpFiles files, FileSystemInfo file, uint number) => SftpAttributes.Write(new SftpAnswer(SftpKind.Attributes, number), file, files.ModeOf(file));

    private static SftpAnswer Name(string path, uint number) => new SftpAnswer(SftpKind.Name, number).UInt32(1).Text(path).Text(path).UInt32(0);

    private static SftpAnswer Names(SftpFiles files, SftpOpen folder, uint number)
    {
        var listing = folder.Listing ?? throw new SftpException(SftpStatus.Failure, "Not a directory");
        if (listing.Count == 0)
            return SftpAnswer.Status(number, SftpStatus.EndOfFile, "End of file");
        var answer = new SftpAnswer(SftpKind.Name, number).UInt32((uint)Math.Min(listing.Count, NamesAtOnce));
        for (var told = 0; told < NamesAtOnce && listing.TryDequeue(out var file); told++)
            SftpAttributes.Write(answer.Text(file.Name).Text(SftpAttributes.LineOf(file, files.ModeOf(file))), file, files.ModeOf(file));
        return answer;
    }

    private static void Extended(SftpFiles files, SftpRequest request)
    {
        switch (request.Text())
        {
            case PosixRename:
                files.Rename(request.Text(), request.Text(), replace: true);
                break;
            case Sync:
                files[request.Text()].File.Flush(flushToDisk: true);
                break;
            default:
                throw Unsupported();
        }
    }

    private static SftpException Unsupported() => new(SftpStatus.Unsupported, "Operation unsupported");
}
