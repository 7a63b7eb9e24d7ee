using System.Text.RegularExpressions;

namespace OpsKit.Cli.Commands.About;

/// <summary>What an endpoint says about itself.</summary>
internal sealed record AboutFacts
{
    public required string Endpoint { get; init; }

    /// <summary><c>vcenter</c>, <c>esxi</c>, <c>host</c> (over SSH) or <c>enclosure</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The product's name, such as <c>VMware vCenter Server</c>.</summary>
    public string? Product { get; init; }
    public string? Version { get; init; }
    public string? Build { get; init; }
    public string? ApiVersion { get; init; }
    public string? InstanceUuid { get; init; }

    /// <summary>The licence product, such as <c>VMware VirtualCenter Server</c>, with its version.</summary>
    public string? LicenseProduct { get; init; }

    /// <summary>The endpoint's clock minus the jump host's.</summary>
    public TimeSpan? ClockSkew { get; init; }
}

/// <summary>Reads what ESXi prints about itself over SSH.</summary>
internal static partial class EsxiVersion
{
    /// <summary>Prints the version (<c>VMware ESXi 8.0.3 build-24022510</c>) and the clock in seconds since 1970.</summary>
    public const string Command = "vmware -v; date -u +%s";

    [GeneratedRegex(@"^(?<product>VMware ESXi?|VMware ESX Server) (?<version>\S+) build-(?<build>\d+)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionLine { get; }

    [GeneratedRegex(@"^(?<seconds>\d{9,12})\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClockLine { get; }

    /// <summary>The facts in the output of <see cref="Command"/>; null where it is no ESXi host's.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="output">What the command printed.</param>
    /// <param name="now">The jump host's clock when it was asked.</param>
    public static AboutFacts? Parse(string endpoint, string output, DateTimeOffset now)
    {
        var version = VersionLine.Match(output);
        if (!version.Success)
            return null;

        var clock = ClockLine.Match(output);
        return new AboutFacts
        {
            Endpoint = endpoint,
            Kind = "host",
            Product = version.Groups["product"].Value,
            Version = version.Groups["version"].Value,
            Build = version.Groups["build"].Value,
            ClockSkew = clock.Success ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(clock.Groups["seconds"].Value)) - now : null,
        };
    }
}
