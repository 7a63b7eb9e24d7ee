using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>Programs that hand bytes on: <c>cat</c>, <c>tee</c>, <c>yes</c>.</summary>
internal static class CatApplet
{
    public static Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "unve");
        return options.Has('n')
            ? NumberedAsync(call, options.Operands)
            : AppletFiles.EachAsync(call, options.Operands, (_, stream) => stream.CopyToAsync(call.Output, call.CancellationToken));
    }

    public static async Task<int> TeeAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "ai");
        var files = new List<Stream>();
        var status = 0;
        foreach (var name in options.Operands)
            status |= AppletFiles.Try(call, name, () => files.Add(call.OpenWrite(name, options.Has('a') ? HostWriting.Append : HostWriting.Anew)));
        try
        {
            var buffer = new byte[16 * 1024];
            while (await call.Input.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
            {
                await call.Output.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
                foreach (var file in files)
                    await file.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
            }
        }
        catch (HostFileException e)
        {
            return call.Fail($"write error: {e.Message}");
        }
        finally
        {
            foreach (var file in files)
                await file.DisposeAsync().ConfigureAwait(false);
        }

        return status;
    }

    public static async Task<int> YesAsync(HostCall call)
    {
        var line = (call.Words.Count > 0 ? string.Join(' ', call.Words) : "y") + "\n";
        while (true)
        {
            call.Process.Meter.Add(10);
            if (call.Process.Meter.IsSpent)
                return call.Fail("used up its time");
            await call.Out.WriteAsync(line).ConfigureAwait(false);
        }
    }

    private static Task<int> NumberedAsync(HostCall call, IReadOnlyList<string> names)
    {
        var number = 0;
        return AppletFiles.EachAsync(call, names, async (_, stream) =>
        {
            var reader = new LineReader(stream);
            while (await reader.ReadAsync().ConfigureAwait(false) is { } line)
                await call.Out.WriteAsync($"{++number,6}\t{line}\n").ConfigureAwait(false);
        });
    }
}
