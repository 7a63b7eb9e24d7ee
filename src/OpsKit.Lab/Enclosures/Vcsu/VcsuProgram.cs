using OpsKit.Cli;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Lab.Control;

namespace OpsKit.Lab.Enclosures.Vcsu;

/// <summary><c>opskit-lab vcsu</c>: a stand-in for the Virtual Connect Support Utility, with that one's command line, which works on the lab that serves.</summary>
internal static class VcsuProgram
{
    /// <summary>Which folder's lab is meant: before all other options.</summary>
    public const string LabOption = "--lab";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, JumpHost jumpHost, Terminal terminal, CancellationToken cancellationToken)
    {
        var folder = arguments is [LabOption, var named, ..] ? jumpHost.ResolvePath(named) : Path.Combine(jumpHost.StateDirectory, "lab");
        var own = arguments is [LabOption, _, ..] ? arguments.Skip(2).ToList() : [.. arguments];
        terminal.Data(VcsuTexts.Banner);
        try
        {
            return await ActAsync(own, folder, jumpHost, terminal, cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException e)
        {
            return Fail(terminal, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Data("\n");
            return ExitCodes.Interrupted;
        }
        finally
        {
            terminal.Flush();
        }
    }

    private static async Task<int> ActAsync(List<string> arguments, string folder, JumpHost jumpHost, Terminal terminal, CancellationToken cancellationToken)
    {
        var (options, error) = VcsuOptions.Read(arguments);
        if (error is not null || options.Action is "help" or "")
        {
            if (error is not null)
                Fail(terminal, error);
            terminal.Data(VcsuTexts.Usage);
            return error is null && options.Action == "help" ? VcsuRun.Succeeded : VcsuRun.Failed;
        }

        if (await AskForMissingAsync(options, arguments, terminal, cancellationToken).ConfigureAwait(false) is { } missing)
            return Fail(terminal, $"Option {missing} is required");
        if (options.NeedsPackage && options.Package.Length > 0 && !options.Package.Contains("://", StringComparison.Ordinal) && !File.Exists(jumpHost.ResolvePath(options.Package)))
            return Fail(terminal, "The firmware package cannot be found");

        using var lab = ControlClient.Of(folder);
        for (var agreed = false; ; agreed = true)
        {
            var ended = new VcsuEnd(null, null);
            await foreach (var part in lab.VcsuAsync(arguments, agreed, cancellationToken).ConfigureAwait(false))
            {
                terminal.Data(SafeText.Lines(part.Text));
                terminal.Flush();
                if (part.File is { } file)
                    await File.WriteAllTextAsync(Path.Combine(jumpHost.WorkingDirectory, Path.GetFileName(file.Name)), file.Content, cancellationToken).ConfigureAwait(false);
                ended = part.End ?? ended;
            }

            if (ended.ExitCode is { } exitCode)
                return exitCode;
            if (ended.Question is not { } question)
                return Fail(terminal, "Communication was lost");
            if (await terminal.AskLineAsync(question, cancellationToken).ConfigureAwait(false) is not { } answer || !answer.Trim().Equals("YES", StringComparison.OrdinalIgnoreCase))
            {
                terminal.Data("\nThe update was cancelled.\n");
                return VcsuRun.Failed;
            }
        }
    }

    /// <summary>Asks for logins that were left out, unless nothing may be asked.</summary>
    /// <returns>The option that is still missing; null for none.</returns>
    private static async Task<string?> AskForMissingAsync(VcsuOptions options, List<string> arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        (string Option, string Value, string Question, bool Needed)[] values =
        [
            ("-i", options.Address, "Please enter Onboard Administrator IP Address:", options.NeedsEnclosure),
            ("-u", options.User, "Please enter Onboard Administrator Username:", options.NeedsEnclosure),
            ("-p", options.Password, "Please enter Onboard Administrator Password", options.NeedsEnclosure),
            ("-vcu", options.VcUser, "Please enter Virtual Connect Domain administrative user credentials to continue.\nUser Name:", options.NeedsVirtualConnect),
            ("-vcp", options.VcPassword, "Password", options.NeedsVirtualConnect),
            ("-l", options.Package, "Please enter firmware package location:", options.Action is "update" or "packageinfo"),
        ];
        foreach (var (option, _, question, _) in values.Where(value => value is { Needed: true, Value: "" }))
        {
            var typed = options.Quiet ? null
                : option is "-p" or "-vcp" ? await terminal.AskSecretAsync(question, cancellationToken).ConfigureAwait(false)
                : await terminal.AskLineAsync(question, cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrEmpty(typed))
                return option;
            arguments.AddRange([option, typed]);
        }

        return null;
    }

    private static int Fail(Terminal terminal, string error)
    {
        terminal.Data($"\nERROR: {SafeText.Line(error)}\n");
        return VcsuRun.Failed;
    }
}

/// <summary>What comes of a run, piece by piece.</summary>
internal sealed record VcsuPart(string Text, VcsuFile? File, VcsuEnd? End);

/// <summary>How a run ends: with an exit code, or with a question first.</summary>
internal sealed record VcsuEnd(int? ExitCode, string? Question);
