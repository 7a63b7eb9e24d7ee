using System.Text.RegularExpressions;

namespace OpsKit.Connections.Enclosures;

/// <summary>What an Onboard Administrator says of its own role.</summary>
internal static partial class OaRole
{
    public const string Active = "Active";
    public const string Standby = "Standby";

    /// <summary>What a standby answers to nearly everything.</summary>
    public const string StandbyRefusal = "Not a valid request while running in standby mode";

    /// <summary>The role in an answer to <c>SHOW OA STATUS</c>; null where it does not say.</summary>
    public static string? Of(string answer) => IsRefusal(answer) ? Standby : Line.Match(answer) is { Success: true } role ? role.Groups["role"].Value : null;

    public static bool IsRefusal(string answer) => answer.Contains(StandbyRefusal, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\s*Role\s*:\s*(?<role>[A-Za-z]+)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line { get; }
}
