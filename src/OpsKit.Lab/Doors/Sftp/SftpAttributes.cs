namespace OpsKit.Lab.Doors.Sftp;

/// <summary>What a client says or hears about a file: size, mode, times (draft-ietf-secsh-filexfer-02, 5). Null where it says nothing.</summary>
internal sealed record SftpAttributes(long? Size, UnixFileMode? Mode, DateTimeOffset? Accessed, DateTimeOffset? Modified)
{
    private const uint HasSize = 1;
    private const uint HasOwner = 2;
    private const uint HasMode = 4;
    private const uint HasTimes = 8;
    private const uint HasExtensions = 0x8000_0000;

    private const uint Folder = 0x4000;
    private const uint Regular = 0x8000;
    private const uint Link = 0xA000;

    /// <summary>The bits for owner, group and others; not those that make a program run as someone else.</summary>
    public const UnixFileMode Plain = (UnixFileMode)0x1FF;

    public static SftpAttributes Read(SftpRequest request)
    {
        var flags = request.UInt32();
        long? size = (flags & HasSize) != 0 ? checked((long)Math.Min(request.UInt64(), long.MaxValue)) : null;
        if ((flags & HasOwner) != 0)
            _ = request.UInt64();
        UnixFileMode? mode = (flags & HasMode) != 0 ? (UnixFileMode)request.UInt32() & Plain : null;
        DateTimeOffset? accessed = (flags & HasTimes) != 0 ? DateTimeOffset.FromUnixTimeSeconds(request.UInt32()) : null;
        DateTimeOffset? modified = accessed is null ? null : DateTimeOffset.FromUnixTimeSeconds(request.UInt32());
        for (var extensions = (flags & HasExtensions) != 0 ? request.UInt32() : 0; extensions > 0; extensions--)
        {
            _ = request.Bytes();
            _ = request.Bytes();
        }

        return new SftpAttributes(size, mode, accessed, modified);
    }

    /// <summary>Writes those of a file; everything belongs to root, as on the simulated things.</summary>
    /// <param name="answer">Where they are written.</param>
    /// <param name="file">The file.</param>
    /// <param name="mode">Its permission bits.</param>
    public static SftpAnswer Write(SftpAnswer answer, FileSystemInfo file, UnixFileMode mode) => answer
        .UInt32(HasSize | HasOwner | HasMode | HasTimes)
        .UInt64((ulong)LengthOf(file))
        .UInt32(0).UInt32(0)
        .UInt32(TypeOf(file) | (uint)mode)
        .UInt32((uint)new DateTimeOffset(file.LastAccessTimeUtc).ToUnixTimeSeconds())
        .UInt32((uint)new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds());

    /// <summary>A line as of <c>ls -l</c>.</summary>
    public static string LineOf(FileSystemInfo file, UnixFileMode mode)
    {
        var letters = string.Create(9, mode, static (text, mode) =>
        {
            for (var bit = 0; bit < text.Length; bit++)
                text[bit] = ((int)mode >> (8 - bit) & 1) != 0 ? "rwx"[bit % 3] : '-';
        });
        var type = TypeOf(file) switch { Folder => 'd', Link => 'l', _ => '-' };
        return $"{type}{letters}    1 root     root     {LengthOf(file),12} {file.LastWriteTimeUtc:MMM dd HH:mm} {file.Name}";
    }

    /// <summary>Makes a file so, but for its permission bits.</summary>
    public void ApplyTo(string path)
    {
        if (Size is { } size)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.SetLength(size);
        }

        if (Accessed is { } accessed)
            File.SetLastAccessTimeUtc(path, accessed.UtcDateTime);
        if (Modified is { } modified)
            File.SetLastWriteTimeUtc(path, modified.UtcDateTime);
    }

    private static long LengthOf(FileSystemInfo file) => file is FileInfo { LinkTarget: null } plain ? plain.Length : 0;

    private static uint TypeOf(FileSystemInfo file) => file.LinkTarget is not null ? Link : file is DirectoryInfo ? Folder : Regular;
}
