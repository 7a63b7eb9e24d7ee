using System.Globalization;

namespace OpsKit.Modules.Vibs;

/// <summary>What packages hold, in the words of reports.</summary>
public static class VibWords
{
    /// <summary><c>verified</c>, <c>differs</c> or <c>not verified</c>.</summary>
    public static string Word(this VibDigestStanding standing) => standing switch
    {
        VibDigestStanding.Verified => "verified",
        VibDigestStanding.Differs => "differs",
        _ => "not verified",
    };

    /// <summary><c>file</c>, <c>folder</c>, <c>link</c>, <c>hard link</c> or <c>other</c>.</summary>
    public static string Word(this VibContentKind kind) => kind switch
    {
        VibContentKind.File => "file",
        VibContentKind.Folder => "folder",
        VibContentKind.SymbolicLink => "link",
        VibContentKind.HardLink => "hard link",
        _ => "other",
    };

    /// <summary>What a file turned out to be: <c>package</c>, <c>offline bundle</c> or <c>vendor ZIP</c>.</summary>
    public static string Word(this VibFileKind kind) => kind switch
    {
        VibFileKind.Package => "package",
        VibFileKind.OfflineBundle => "offline bundle",
        _ => "vendor ZIP",
    };

    /// <summary>The permission bits in octal digits, such as <c>0755</c>.</summary>
    public static string ModeText(this VibContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Convert.ToString(content.Mode, 8).PadLeft(4, '0');
    }

    /// <summary>A size in the largest unit that leaves at least one, such as <c>4.2 MiB</c>.</summary>
    /// <param name="bytes">The size in bytes.</param>
    public static string Size(long bytes) => ByteSize.Words(bytes).ToString(CultureInfo.InvariantCulture);
}
