namespace OpsKit.Modules.Vibs;

/// <summary>Lists the files of a payload, and names those that no package should bring.</summary>
internal sealed class Contents(ReadBudget budget, string subject, ProblemList problems)
{
    private const int SetIds = 0xC00;

    private readonly HashSet<string> _links = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>What bytes look like.</summary>
    /// <param name="first">The first of them.</param>
    /// <returns>A word, or nothing where it is not known.</returns>
    public static string FormatOf(ReadOnlySpan<byte> first) => first switch
    {
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "xz",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd",
        [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => "ELF",
        _ when first.Length >= 265 && first.Slice(257, 5).SequenceEqual("visor"u8) => "vmtar",
        _ when TarHeader.Looks(first) => "tar",
        _ => "",
    };

    /// <summary>Lists it.</summary>
    /// <param name="payload">What the descriptor says of the payload.</param>
    /// <param name="content">The payload, decompressed once.</param>
    /// <returns>The format, and the files where it is an archive.</returns>
    public (string Format, IReadOnlyList<VibContent> Files) Read(VibPayload payload, DigestingStream content)
    {
        var format = FormatOf(content.Peek(TarHeader.Bytes));
        return format == "xz" ? ReadXz(payload, content) : List(payload, format, content);
    }

    /// <summary>Newer payloads are compressed a second time inside of their gzip.</summary>
    private (string Format, IReadOnlyList<VibContent> Files) ReadXz(VibPayload payload, DigestingStream content)
    {
        var (format, files) = ("xz", (IReadOnlyList<VibContent>)[]);
        try
        {
            using var inner = new DigestingStream(new XzStream(content), [], budget.Decompressed);
            (var plain, files) = List(payload, FormatOf(inner.Peek(TarHeader.Bytes)), inner);
            format = plain.Length > 0 ? $"xz, {plain}" : "xz";
            ForwardOnlyStream.Drain(inner);
        }
        catch (UnreadFormatException unread)
        {
            Warn($"{unread.Message} (xz); its files are not listed");
        }
        catch (ArchiveException damage) when (damage is not LimitException)
        {
            Complain(damage.Message);
        }

        ForwardOnlyStream.Drain(content);
        return (format, files);
    }

    private (string Format, IReadOnlyList<VibContent> Files) List(VibPayload payload, string format, DigestingStream content)
    {
        if (format is not ("tar" or "vmtar"))
        {
            if (payload.Type is "tgz" or "vgz")
                Warn(format is "xz" or "zstd" ? $"is compressed a second time ({format}); its files are not listed" : "holds no tar archive; its files are not listed");
            return (format, []);
        }

        var files = new List<VibContent>();
        var end = 0L;
        try
        {
            foreach (var item in TarWalk.Items(content))
            {
                budget.Entry(item.Header.Name.Length + item.Header.LinkName.Length);
                if (IsRoot(item.Header))
                    continue;
                files.Add(Judged(item));
                if (item.Data is null && item.Header.Size > 0)
                    end = Math.Max(end, item.Header.DataOffset + item.Header.Size);
            }
        }
        catch (ArchiveException damage) when (damage is not (LimitException or UnreadFormatException))
        {
            Complain(damage.Message);
            return (format, files);
        }

        ForwardOnlyStream.Drain(content);
        if (end > content.Count)
            Complain($"is truncated: its files should end at byte {end}, it has {content.Count}");
        return (format, files);
    }

    /// <summary>Whether an entry is the root itself, which <c>tar -C FOLDER .</c> puts first.</summary>
    public static bool IsRoot(TarHeader header) => header.Type == '5' && header.Name is ("." or "./");

    /// <summary>What an entry is.</summary>
    public static VibContent Of(TarHeader header)
    {
        var kind = header.Type switch
        {
            '0' or '\0' or '7' => header.Name.EndsWith('/') ? VibContentKind.Folder : VibContentKind.File,
            '5' => VibContentKind.Folder,
            '2' => VibContentKind.SymbolicLink,
            '1' => VibContentKind.HardLink,
            _ => VibContentKind.Other,
        };
        return new VibContent(ArchivePath.Clean(header.Name), kind, header.Mode, kind == VibContentKind.File ? header.Size : 0)
        {
            LinkTarget = kind is VibContentKind.SymbolicLink or VibContentKind.HardLink ? header.LinkName : null,
        };
    }

    private VibContent Judged(TarItem item)
    {
        var (header, content) = (item.Header, Of(item.Header));
        var (path, kind) = (content.Path, content.Kind);
        if (Flaw(content) is { } flaw)
            Complain($"{path}: {flaw}");
        if (!_seen.Add(path) && kind != VibContentKind.Folder)
            Complain($"{path}: is there twice");
        if (kind == VibContentKind.SymbolicLink)
            _links.Add(path);
        if (kind == VibContentKind.File && (header.Mode & SetIds) != 0)
            Warn($"{path}: runs as its owner or group (mode {Convert.ToString(header.Mode, 8)})");
        return content;
    }

    private string? Flaw(VibContent content) =>
        ArchivePath.Flaw(content.Path) ?? content.Kind switch
        {
            VibContentKind.SymbolicLink => ArchivePath.LinkFlaw(content.Path, content.LinkTarget!),
            VibContentKind.HardLink when !_seen.Contains(ArchivePath.Clean(content.LinkTarget!)) => $"is another name of {content.LinkTarget}, which is not in the archive before it",
            VibContentKind.Other => "is neither a file nor a folder nor a link",
            _ => null,
        } ?? (Through(content.Path) is { } link ? $"goes through the link {link}" : null);

    /// <summary>A file behind a link of the same archive lands where the link leads, not where its name says.</summary>
    private string? Through(string path)
    {
        for (var slash = path.LastIndexOf('/'); _links.Count > 0 && slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            if (_links.Contains(path[..slash]))
                return path[..slash];
        }

        return null;
    }

    private void Complain(string what) => problems.Error(subject, what);

    private void Warn(string what) => problems.Warning(subject, what);
}
