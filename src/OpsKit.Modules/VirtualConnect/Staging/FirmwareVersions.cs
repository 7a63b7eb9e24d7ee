using System.Text.RegularExpressions;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Versions of Virtual Connect firmware, such as 4.85, and where packages say theirs.</summary>
internal static partial class FirmwareVersions
{
    /// <summary>The version a package's name holds: 3.75 for <c>vcfw375.bin</c>, 3.61 for <c>vcfwall361_20140404.bin</c>; null for none.</summary>
    public static string? InName(string package)
    {
        var name = package[(package.LastIndexOfAny(['/', '\\']) + 1)..];
        return Three.Match(name) is { Success: true } found ? $"{found.Groups["major"].Value}.{found.Groups["minor"].Value}" : null;
    }

    /// <summary>Whether a text is a version.</summary>
    public static bool IsOne(string text) => Whole.IsMatch(text);

    /// <summary>Whether two texts name the same version; what an Onboard Administrator puts behind it, such as a date, does not count.</summary>
    public static bool AreSame(string? one, string? other) =>
        one is not null && other is not null && string.Equals(First(one), First(other), StringComparison.OrdinalIgnoreCase);

    private static string First(string text) => text.Trim().Split(' ', 2)[0].TrimStart('v', 'V');

    [GeneratedRegex(@"(?<![0-9])(?<major>[1-9])\.?(?<minor>[0-9]{2})(?![0-9])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Three { get; }

    [GeneratedRegex(@"^[0-9]{1,2}\.[0-9]{1,3}[A-Za-z0-9.-]{0,12}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole { get; }
}
