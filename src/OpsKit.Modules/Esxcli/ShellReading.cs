using System.Text.RegularExpressions;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;

namespace OpsKit.Modules.Esxcli;

/// <summary>Reads through a host's shell, and once more where what came was cut off or odd. What is odd twice is an error, never a guess.</summary>
internal static partial class ShellReading
{
    /// <summary>Runs commands in one go and reads their answers.</summary>
    /// <exception cref="OpsKitException">The host cannot be reached, or its answers could not be read, twice.</exception>
    public static async Task<T> ReadAsync<T>(
        ShellQueries shell, IReadOnlyList<ReadingCommand> commands, Func<IReadOnlyList<ReadingResult>, T> read, CancellationToken cancellationToken)
    {
        var answers = await shell.RunAllAsync(commands, cancellationToken).ConfigureAwait(false);
        try
        {
            return read(answers);
        }
        catch (OpsKitException odd) when (odd.Kind == FailureKind.Failed)
        {
            return read(await shell.RunAllAsync(commands, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Which product and version a host runs, from its shell.</summary>
    public static Task<ShellProduct> ProductAsync(ShellQueries shell, CancellationToken cancellationToken) => ReadAsync(
        shell,
        [ReadingCommand.Program("vmware", "-v")],
        answers => Product().Match(answers[0].Output) is { Success: true } match
            ? new ShellProduct(match.Groups["name"].Value == "ESX" ? "esx" : "esxi", Version.Parse(match.Groups["version"].Value))
            : throw new OpsKitException(FailureKind.Failed, $"\"vmware -v\" tells no version: {EsxcliQuery.FirstLine(answers[0].Output)}", shell.Name),
        cancellationToken);

    [GeneratedRegex(@"^VMware (?<name>ESXi?) (Server )?(?<version>[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})( |\r?$)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Product();
}

/// <summary>What a host runs.</summary>
/// <param name="Name"><c>esxi</c>, or <c>esx</c> for the one with a service console.</param>
/// <param name="Version">Such as 5.0.0.</param>
internal sealed record ShellProduct(string Name, Version Version);
