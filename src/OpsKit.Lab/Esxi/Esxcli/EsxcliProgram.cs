using System.Text;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli.Commands.Software;
using OpsKit.Lab.Esxi.Esxcli.Formats;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;

namespace OpsKit.Lab.Esxi.Esxcli;

/// <summary>The program <c>esxcli</c> on a host. Errors go where answers go, with exit code 1.</summary>
/// <param name="estate">Everything around the host.</param>
/// <param name="host">The host it runs on.</param>
/// <param name="fileSystemRoot">The folder of this machine that backs the host's file system.</param>
/// <param name="faults">What goes wrong; null for nothing.</param>
internal sealed class EsxcliProgram(LabEstate estate, LabHost host, string fileSystemRoot, FaultList? faults = null)
{
    /// <summary>All that 5.x prints at times when it changed its software, with the exit code of a failure.</summary>
    private const string LostResult = "''\n";

    private static readonly TimeSpan StartTime = TimeSpan.FromMilliseconds(400);

    /// <summary>Runs it.</summary>
    /// <returns>Its exit code: 0, or 1 for every failure.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, Stream output, CancellationToken cancellationToken)
    {
        await Task.Delay(StartTime, estate.Clock, cancellationToken).ConfigureAwait(false);
        var (text, exitCode) = await AnswerAsync(arguments, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        return exitCode;
    }

    /// <summary>Whether a command line changes the host on which it is run. Help, dry runs and what is not understood change nothing.</summary>
    public static bool IsChange(IReadOnlyList<string> arguments, string version)
    {
        try
        {
            var parsed = Version.Parse(version);
            var options = GlobalOptions.Read(arguments, parsed);
            var (path, rest) = CommandTree.Split(options.Rest);
            return !options.AsksHelp && !options.AsksVersion
                && CommandTree.Of(parsed).Find(path) is { Changes: true }
                && !rest.Any(argument => argument == "--dry-run" || OptionReader.IsHelp(argument));
        }
        catch (EsxcliException)
        {
            return false;
        }
    }

    private async Task<(string Text, int ExitCode)> AnswerAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var version = Version.Parse(host.Version);
            var options = GlobalOptions.Read(arguments, version);
            if (options.AsksVersion)
                return ($"Script 'esxcli' version: {version.Major}.{version.Minor}.0\n", 0);
            var tree = CommandTree.Of(version);
            var (path, rest) = CommandTree.Split(options.Rest);
            if (path.Length == 0 && rest.All(OptionReader.IsHelp))
                return (HelpText.OfAll(version), 0);
            if (tree.Find(path) is { } command)
                return options.AsksHelp || rest.Any(OptionReader.IsHelp) ? (HelpText.Of(command), 0) : await RunAsync(command, options, rest, version, cancellationToken).ConfigureAwait(false);
            return tree.HasNamespace(path) && rest.All(OptionReader.IsHelp)
                ? (HelpText.OfNamespace(tree, path), 0)
                : throw new EsxcliException($"Error: Unknown command or namespace {string.Join(' ', options.Rest)}");
        }
        catch (EsxcliException failure)
        {
            return (failure.Text, 1);
        }
    }

    private async Task<(string Text, int ExitCode)> RunAsync(EsxcliCommand command, GlobalOptions options, IReadOnlyList<string> rest, Version version, CancellationToken cancellationToken)
    {
        var format = EsxcliFormats.Of(options, command);
        var call = new EsxcliCall(estate, host, version, fileSystemRoot, OptionReader.Read(command, rest), cancellationToken);
        var installs = command.Changes && IsInstallation(command) && !call.Options.Has("--dry-run");
        var line = $"esxcli {string.Join(' ', options.Rest)}";
        if (installs && faults?.Next(InventoryText.NameOf(host), line, FaultKind.InstallationFails) is not null)
            throw EsxupdateError.Of("InstallationError", "There was an error checking file system on altbootbank, please see log for detail.");
        var answer = await command.Runs(call).ConfigureAwait(false);
        return installs && LosesResult(line) ? (LostResult, 1) : (format.Write(answer), 0);
    }

    private static bool IsInstallation(EsxcliCommand command) => command.Namespace is "software vib" or "software profile";

    private bool LosesResult(string line)
    {
        if (faults?.Next(InventoryText.NameOf(host), line, FaultKind.ResultLost) is not null)
            return true;
        lock (estate.Gate)
        {
            if (host.Software.LostResults == 0)
                return false;
            host.Software.LostResults--;
            return true;
        }
    }
}
