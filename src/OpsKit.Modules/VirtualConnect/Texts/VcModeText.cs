using System.Text.RegularExpressions;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.Texts;

/// <summary>Reads <c>SHOW VCMODE</c>.</summary>
internal static partial class VcModeText
{
    public const string Command = "SHOW VCMODE";

    /// <summary>Mode, domain, and the first IPv4 address in it, which is where Virtual Connect Manager runs.</summary>
    /// <exception cref="Connections.OpsKitException">It does not say whether the mode is enabled.</exception>
    public static VirtualConnectMode Read(string text)
    {
        var lines = DeviceText.Lines(text).ToList();
        string? Value(string key) => lines.Select(line => DeviceText.ValueOf(line, key)).FirstOrDefault(value => value is not null);
        var enabled = Value("Virtual Connect Mode")?.ToLowerInvariant() switch
        {
            "enabled" => true,
            "disabled" => false,
            _ => throw DeviceText.Unreadable(Command, $"it does not say whether the mode is enabled: \"{DeviceText.Shortened(text)}\""),
        };
        return new VirtualConnectMode(enabled, DeviceText.Said(Value("Virtual Connect Domain Name")), Address.Match(text) is { Success: true } address ? address.Value : null);
    }

    [GeneratedRegex(@"(?<![\d.])(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.]*\d)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address { get; }
}
