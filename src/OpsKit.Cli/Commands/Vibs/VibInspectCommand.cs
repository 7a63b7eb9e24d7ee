using System.CommandLine;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Connections.Downloads;
using OpsKit.Engine.Reports;
using OpsKit.Modules.Vibs;

namespace OpsKit.Cli.Commands.Vibs;

/// <summary><c>opskit vib inspect</c>.</summary>
internal static class VibInspectCommand
{
    public static OpsCommand Create()
    {
        var files = new Argument<string[]>("file") { HelpName = "FILE|URL", Description = "Packages (.vib), offline bundles, vendors' ZIPs around either", Arity = ArgumentArity.OneOrMore };
        var all = new Option<bool>("--files") { Description = "Name every file of every package", Arity = ArgumentArity.Zero };
        return new OpsCommand("inspect", "Say what is in a package or bundle, whether it is whole, which ESXi it fits")
        {
            Arguments = { files },
            Options = { all },
            Reports = true,
            Details =
                """
                Every digest is calculated and compared; whether a signature is there is said, but
                not whether it is right: that is for the host to find out. Nothing is unpacked to
                where its paths lead. With --output json everything is one document; CSV and HTML
                are a table of packages, and with --out FILE tables of payloads, files and problems
                beside it. The exit code is 1 where a host would refuse what is in a file.
                """,
            Examples =
            [
                new Example("opskit vib inspect net-be2net.vib", "a package"),
                new Example("opskit vib inspect igb-5.2.5-1682588.zip --files", "what a vendor's ZIP really holds"),
                new Example("opskit vib inspect https://depot.example.com/a.zip --output json", "for a script"),
            ],
            ExitCodes = [.. VibFileCommands.ExitCodes, Cli.ExitCodes.Refused, Cli.ExitCodes.Unreachable],
            Handler = (parsed, context, ct) => RunAsync(context, parsed.GetValue(files) ?? [], parsed.GetValue(all), ct),
        };
    }

    private static async Task<int> RunAsync(CommandContext context, string[] files, bool all, CancellationToken ct)
    {
        var releases = EsxiReleasesReader.Load(context.JumpHost);
        foreach (var address in files.Where(WebAddress.Looks))
            WebAddress.Parse(address);
        var read = new List<VibInspection>();
        var failures = new List<OpsKitException>();
        foreach (var file in files.Distinct(StringComparer.Ordinal))
        {
            try
            {
                read.Add(VibInspection.Of(await ReadAsync(context, file, ct), releases));
            }
            catch (OpsKitException failure) when (files.Length > 1)
            {
                context.Terminal.Complain(failure.Message, failure.Next);
                failures.Add(failure);
            }
        }

        if (read.Count > 0)
            Show(context, read, all);
        if (failures.Count > 0)
            return Cli.ExitCodes.Of([.. failures.Select(failure => failure.Kind)], files.Length);
        return read.TrueForAll(inspection => inspection.IsSound) ? Cli.ExitCodes.Done : Cli.ExitCodes.Failed;
    }

    private static async Task<VibFile> ReadAsync(CommandContext context, string file, CancellationToken ct)
    {
        if (!WebAddress.Looks(file))
        {
            var path = context.JumpHost.ResolvePath(file);
            return await Task.Run(() => VibReader.Read(path, null, ct), ct);
        }

        var address = WebAddress.Parse(file);
        using var progress = new DownloadLine(context.Terminal, context.JumpHost.Clock, WebAddress.NameOf(address));
        var download = new WebDownloadOptions { ConnectTimeout = context.Settings.Timeout ?? WebDownloadOptions.Default.ConnectTimeout };
        return await VibReader.ReadAsync(address, new WebDownloader(context.Access.Trust, context.JumpHost), download, progress, null, ct);
    }

    private static void Show(CommandContext context, List<VibInspection> read, bool all)
    {
        var (terminal, settings) = (context.Terminal, context.Settings);
        switch (settings.Output)
        {
            case OutputFormat.Table when settings.OutFile is null:
                terminal.Data(VibText.Of(read, terminal.Capabilities.Width, all, (text, ink) => terminal.Capabilities.OutputColor ? ink.Around(text) : text));
                break;
            case OutputFormat.Table:
                WriteFile(context, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(VibText.Of(read, int.MaxValue, all: true, (text, _) => text))));
                break;
            case OutputFormat.Json when settings.OutFile is not null:
                WriteFile(context, stream => VibInspectJson.Write(read, stream));
                break;
            case OutputFormat.Json:
                using (var buffer = new MemoryStream())
                {
                    VibInspectJson.Write(read, buffer);
                    terminal.Data(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
                }

                break;
            default:
                context.Report(VibInspectReport.Of(read));
                break;
        }
    }

    private static void WriteFile(CommandContext context, Action<Stream> write)
    {
        ReportFile.Write(context.JumpHost.ResolvePath(context.Settings.OutFile!), write);
        context.Terminal.Say($"written to {context.Settings.OutFile}");
    }
}
