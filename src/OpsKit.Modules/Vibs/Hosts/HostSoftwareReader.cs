using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Vibs;

/// <summary>Reads a host's software over SSH, with reading commands alone: two requests a host, whatever it has installed.</summary>
public static partial class HostSoftwareReader
{
    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(3);

    /// <summary>Which VIBs there are: enough for lists.</summary>
    /// <param name="shell">The host's shell.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OpsKitException">It cannot be reached, has no VIBs (4.x), or its answers are damaged.</exception>
    public static Task<HostSoftware> ListAsync(ShellQueries shell, CancellationToken cancellationToken) => ReadAsync(shell, Parts.Level | Parts.Vibs, cancellationToken);

    /// <summary>Everything a plan needs, also what every VIB needs and provides.</summary>
    /// <param name="shell">The host's shell.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OpsKitException">It cannot be reached, has no VIBs (4.x), or its answers are damaged.</exception>
    public static Task<HostSoftware> ReadAsync(ShellQueries shell, CancellationToken cancellationToken) => ReadAsync(shell, Parts.All, cancellationToken);

    /// <summary>What stands in the way of another acceptance level.</summary>
    internal static Task<HostSoftware> LooseAsync(ShellQueries shell, CancellationToken cancellationToken) => ReadAsync(shell, Parts.Level | Parts.Vibs | Parts.Boot, cancellationToken);

    /// <summary>Its version and acceptance level.</summary>
    /// <param name="shell">The host's shell.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OpsKitException">It cannot be reached, has no acceptance level (4.x), or its answers are damaged.</exception>
    public static Task<HostSoftware> LevelAsync(ShellQueries shell, CancellationToken cancellationToken) => ReadAsync(shell, Parts.Level, cancellationToken);

    /// <summary>What runs, and what the next restart brings.</summary>
    internal static Task<HostSoftware> ImagesAsync(ShellQueries shell, CancellationToken cancellationToken) => ReadAsync(shell, Parts.Vibs | Parts.Images, cancellationToken);

    /// <summary>Its maintenance mode, its running machines and how long it has run.</summary>
    internal static Task<HostSoftware> ModeAsync(ShellQueries shell, CancellationToken cancellationToken) => ReadAsync(shell, Parts.Mode, cancellationToken);

    private static async Task<HostSoftware> ReadAsync(ShellQueries shell, Parts parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shell);
        var (version, build) = await VersionAsync(shell, cancellationToken).ConfigureAwait(false);
        var asked = HostQuestions.Of(parts, version).Select(question => question with { Command = question.Command with { Timeout = Slow } }).ToList();
        var results = await shell.RunAllAsync([.. asked.Select(question => question.Command)], cancellationToken).ConfigureAwait(false);
        var software = new HostSoftware { Host = shell.Name, Version = version, Build = build };
        foreach (var (question, result) in asked.Zip(results))
            software = question.Understand(software, result);
        return software;
    }

    /// <summary>All versions have it, other than <c>esxcli system version get</c>.</summary>
    internal static async Task<(Version Version, string Build)> VersionAsync(ShellQueries shell, CancellationToken cancellationToken)
    {
        var said = await shell.RunAsync(ReadingCommand.Program("vmware", "-v"), cancellationToken).ConfigureAwait(false);
        if (Product().Match(said.Output) is not { Success: true } product || !Version.TryParse(product.Groups["version"].Value, out var version))
        {
            throw new OpsKitException(
                FailureKind.Failed, $"it does not say which version of ESXi it is: \"vmware -v\" answered \"{First(said.Output + said.Error)}\"", shell.Name, "is it an ESXi host?");
        }

        return version.Major >= 5
            ? (version, product.Groups["build"].Value)
            : throw new OpsKitException(
                FailureKind.Failed, string.Create(CultureInfo.InvariantCulture, $"ESXi {version} has no VIBs: its packages are bulletins of esxupdate"), shell.Name, "update it to 5.0 or newer");
    }

    private static string First(string text) => text.Trim().ReplaceLineEndings(" ") is { Length: > 80 } line ? line[..80] + "…" : text.Trim().ReplaceLineEndings(" ");

    [GeneratedRegex(@"VMware ESXi?\S* (?<version>\d+\.\d+(\.\d+)?) build-(?<build>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Product();
}

/// <summary>What is read of a host.</summary>
[Flags]
internal enum Parts
{
    Level = 1,
    Vibs = 2,
    Details = 4,
    Images = 8,
    Volumes = 16,
    Mode = 32,
    Boot = 64,
    All = Level | Vibs | Details | Images | Volumes | Mode | Boot,
}
