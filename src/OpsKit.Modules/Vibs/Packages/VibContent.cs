namespace OpsKit.Modules.Vibs;

/// <summary>What an entry of a payload is.</summary>
public enum VibContentKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,

    /// <summary>Another name of a file in the same payload.</summary>
    HardLink,

    /// <summary>A device, a pipe, or something else that no package should bring.</summary>
    Other,
}

/// <summary>A file or folder that a payload brings.</summary>
/// <param name="Path">Its path, as it stands in the payload less a leading <c>./</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Permission bits, set-id and sticky bits included.</param>
/// <param name="Bytes">Its size in bytes.</param>
public sealed record VibContent(string Path, VibContentKind Kind, int Mode, long Bytes)
{
    /// <summary>Where a link leads; null for what is no link.</summary>
    public string? LinkTarget { get; init; }
}
