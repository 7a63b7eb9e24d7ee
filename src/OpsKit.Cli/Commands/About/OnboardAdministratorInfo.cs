using System.Text.RegularExpressions;

namespace OpsKit.Cli.Commands.About;

/// <summary>Reads what an Onboard Administrator prints about itself over SSH.</summary>
internal static partial class OnboardAdministratorInfo
{
    /// <summary>Prints product name and firmware; output comes with banner, prompt and echo around it.</summary>
    public const string Command = "SHOW OA INFO";

    [GeneratedRegex(@"^[ \t]*Product Name[ \t]*:[ \t]*(?<product>[^\r\n]*?)[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProductLine { get; }

    [GeneratedRegex(@"^[ \t]*Firmware Ver\.[ \t]*:[ \t]*(?<version>\S+)[ \t]*(?<built>[^\r\n]*?)[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirmwareLine { get; }

    /// <summary>The facts of the first Onboard Administrator in the output; null where it is none's.</summary>
    public static AboutFacts? Parse(string endpoint, string output)
    {
        var product = ProductLine.Match(output);
        var firmware = FirmwareLine.Match(output);
        return product.Success && firmware.Success
            ? new AboutFacts
            {
                Endpoint = endpoint,
                Kind = "enclosure",
                Product = product.Groups["product"].Value,
                Version = firmware.Groups["version"].Value,
                Build = firmware.Groups["built"].Value is { Length: > 0 } built ? built : null,
            }
            : null;
    }
}
