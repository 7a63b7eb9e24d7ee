using System.Text.RegularExpressions;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>What may stand before a bay's number to reset a module: plain words that name an interconnect, so that no slip of the pen restarts a server.</summary>
internal static partial class ResetCommands
{
    public const string Why = "is no command that resets an interconnect module, expected such as RESTART INTERCONNECT";

    public static bool IsOne(string text) => Plain.IsMatch(text);

    [GeneratedRegex(@"^(RESTART|RESET) INTERCONNECT\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain { get; }
}
