using System.Text;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>sed [-nEi] script [file]…</c>.</summary>
internal static class SedApplet
{
    public static async Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "nrEie:f:s");
        var operands = options.Operands.ToList();
        var scripts = options.Values('e').ToList();
        if (options.Value('f') is { } file)
            scripts.AddRange((await AppletFiles.LinesAsync(call, [file]).ConfigureAwait(false)).Lines);
        if (!options.Has('e') && !options.Has('f'))
        {
            if (operands.Count == 0)
                throw new AppletUsageException("usage: sed [-nrEi] [-e CMD]... [FILE]...");
            scripts.Add(operands[0]);
            operands.RemoveAt(0);
        }

        var commands = SedScript.Parse(string.Join('\n', scripts), options.Has('E') || options.Has('r'));
        var quiet = options.Has('n');
        return options.Has('i')
            ? await InPlaceAsync(call, commands, quiet, operands).ConfigureAwait(false)
            : await ThroughAsync(call, commands, quiet, operands).ConfigureAwait(false);
    }

    private static async Task<int> ThroughAsync(HostCall call, IReadOnlyList<SedCommand> commands, bool quiet, IReadOnlyList<string> names)
    {
        var (lines, status) = await AppletFiles.LinesAsync(call, names).ConfigureAwait(false);
        var run = new SedRun(commands, quiet, lines);
        foreach (var text in run.Output())
        {
            call.CancellationToken.ThrowIfCancellationRequested();
            await call.Out.WriteAsync(text).ConfigureAwait(false);
        }

        return Math.Max(status, run.Status);
    }

    private static async Task<int> InPlaceAsync(HostCall call, IReadOnlyList<SedCommand> commands, bool quiet, IReadOnlyList<string> names)
    {
        var status = 0;
        foreach (var name in names)
        {
            var (lines, missing) = await AppletFiles.LinesAsync(call, [name]).ConfigureAwait(false);
            status |= missing;
            if (missing != 0)
                continue;
            var result = new StringBuilder();
            foreach (var text in new SedRun(commands, quiet, lines).Output())
                result.Append(text);
            status |= AppletFiles.Try(call, name, () =>
            {
                using var file = call.OpenWrite(name, HostWriting.Anew);
                file.Write(ByteText.Bytes(result.ToString()));
            });
        }

        return status;
    }
}
