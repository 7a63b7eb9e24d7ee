using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsKit.Lab.Enclosures.Vcsu;

/// <summary>What the Virtual Connect Support Utility was asked to do.</summary>
internal sealed partial record VcsuOptions
{
    public static readonly IReadOnlyList<string> Actions = ["collect", "configbackup", "discover", "healthcheck", "help", "packageinfo", "report", "resetvcm", "supportdump", "update", "version"];
    public static readonly IReadOnlyList<string> Orders = ["manual", "oddeven", "parallel", "serial"];

    private static readonly string[] Valued = ["-a", "-i", "-u", "-p", "-vcu", "-vcp", "-l", "-f", "-oe", "-of", "-we", "-wf", "-b", "-log"];
    private const int LongestWait = 60;

    public string Action { get; init; } = "";

    /// <summary>Address of the Onboard Administrator.</summary>
    public string Address { get; init; } = "";

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    public string VcUser { get; init; } = "";

    public string VcPassword { get; init; } = "";

    /// <summary>Path or URL of the firmware package.</summary>
    public string Package { get; init; } = "";

    /// <summary>Asks nothing.</summary>
    public bool Quiet { get; init; }

    /// <summary>Goes on although the domain is not healthy.</summary>
    public bool ForceHealth { get; init; }

    public string EthernetOrder { get; init; } = "oddeven";

    public string FibreChannelOrder { get; init; } = "serial";

    /// <summary>Minutes between activations of Ethernet modules.</summary>
    public int EthernetWait { get; init; }

    /// <summary>Minutes between activations of Fibre Channel modules.</summary>
    public int FibreChannelWait { get; init; }

    /// <summary>Whether the action works on an enclosure.</summary>
    public bool NeedsEnclosure => Action is not ("help" or "packageinfo");

    public bool NeedsPackage => Action is "update" or "report" or "packageinfo";

    /// <summary>Whether the action logs in to Virtual Connect.</summary>
    public bool NeedsVirtualConnect => Action is "update" or "configbackup" or "healthcheck" or "supportdump" or "collect" or "resetvcm";

    /// <summary>The version a package's name holds, such as 3.75 for <c>vcfw375.bin</c>; null for none.</summary>
    public string? PackageVersion
    {
        get
        {
            var name = Package[(Package.LastIndexOfAny(['/', '\\']) + 1)..];
            var found = VersionInName.Match(name);
            return found.Success ? $"{found.Groups["major"].Value}.{found.Groups["minor"].Value}" : null;
        }
    }

    /// <summary>Reads a command line.</summary>
    /// <returns>The options, or what is wrong.</returns>
    public static (VcsuOptions Options, string? Error) Read(IReadOnlyList<string> arguments)
    {
        var options = new VcsuOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var option = arguments[i].ToLowerInvariant();
            if (option == "-q")
            {
                options = options with { Quiet = true };
                continue;
            }

            if (!Valued.Contains(option))
                return (options, $"Invalid option: {arguments[i]}");
            if (++i >= arguments.Count)
                return (options, $"Option {option} requires a value");
            if (options.With(option, arguments[i]) is not { } more)
                return (options, $"Invalid value for option {option}");
            options = more;
        }

        return (options, null);
    }

    /// <summary>Null where the value is none of the option's.</summary>
    private VcsuOptions? With(string option, string value) => option switch
    {
        "-a" => Actions.Contains(value, StringComparer.OrdinalIgnoreCase) ? this with { Action = value.ToLowerInvariant() } : null,
        "-i" => this with { Address = value },
        "-u" => this with { User = value },
        "-p" => this with { Password = value },
        "-vcu" => this with { VcUser = value },
        "-vcp" => this with { VcPassword = value },
        "-l" => this with { Package = value },
        "-f" => value.Equals("health", StringComparison.OrdinalIgnoreCase) ? this with { ForceHealth = true } : null,
        "-oe" => Order(value) is { } order ? this with { EthernetOrder = order } : null,
        "-of" => Order(value) is { } order ? this with { FibreChannelOrder = order } : null,
        "-we" => Minutes(value) is { } minutes ? this with { EthernetWait = minutes } : null,
        "-wf" => Minutes(value) is { } minutes ? this with { FibreChannelWait = minutes } : null,
        _ => this,
    };

    private static string? Order(string value) => Orders.FirstOrDefault(order => order.Equals(value, StringComparison.OrdinalIgnoreCase));

    private static int? Minutes(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes <= LongestWait ? minutes : null;

    [GeneratedRegex(@"(?<![0-9])(?<major>[1-9])\.?(?<minor>[0-9]{2})(?![0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionInName { get; }
}
