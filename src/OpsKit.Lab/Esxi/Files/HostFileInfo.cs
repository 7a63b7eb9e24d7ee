namespace OpsKit.Lab.Esxi.Files;

internal enum HostFileKind
{
    File,
    Folder,
    Device,
}

/// <summary>What <c>stat</c> tells of a file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Modified">In lab time.</param>
/// <param name="LinkTarget">Where it leads, for a name that stands for another one; null for most.</param>
internal sealed record HostFileInfo(HostFileKind Kind, long Size, int Mode, DateTimeOffset Modified, string? LinkTarget = null)
{
    public bool IsFolder => Kind == HostFileKind.Folder;

    /// <summary>For root, one of the execute bits is enough.</summary>
    public bool IsExecutable => (Mode & 0b001_001_001) != 0;

    /// <summary>As in <c>drwxr-xr-x</c>.</summary>
    public string ModeText => string.Create(10, this, static (text, file) =>
    {
        text[0] = file switch { { LinkTarget: not null } => 'l', { Kind: HostFileKind.Folder } => 'd', { Kind: HostFileKind.Device } => 'c', _ => '-' };
        for (var i = 0; i < 9; i++)
            text[1 + i] = (file.Mode & (1 << (8 - i))) != 0 ? "rwx"[i % 3] : '-';
        if ((file.Mode & 0b001_000_000_000) != 0)
            text[9] = text[9] == 'x' ? 't' : 'T';
    });
}
