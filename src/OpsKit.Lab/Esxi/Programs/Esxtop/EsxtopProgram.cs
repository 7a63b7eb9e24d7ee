using System.Globalization;
using OpsKit.Lab.Esxi.Applets;

namespace OpsKit.Lab.Esxi.Programs.Esxtop;

/// <summary><c>esxtop</c>: counters as CSV with <c>-b</c>, views on a terminal without.</summary>
internal static class EsxtopProgram
{
    private const int DefaultSeconds = 5;
    private const int ShortestSeconds = 2;

    public static Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "bas:d:n:c:u");
        var seconds = Math.Max(ShortestSeconds, options.Number('d') ?? DefaultSeconds);
        if (options.Has('b'))
            return BatchAsync(call, options.Number('n') ?? long.MaxValue, TimeSpan.FromSeconds(seconds));
        if (call.Descriptors[0]?.Terminal is { } terminal && call.Descriptors[1]?.Terminal is not null)
            return EsxtopScreen.RunAsync(call, terminal, TimeSpan.FromSeconds(seconds));
        return Task.FromResult(call.Fail("not on a terminal; -b writes to files and pipes"));
    }

    private static async Task<int> BatchAsync(HostCall call, long rounds, TimeSpan interval)
    {
        List<string>? columns = null;
        for (long round = 0; round < rounds; round++)
        {
            if (round > 0)
                await Task.Delay(interval, call.System.Clock, call.CancellationToken).ConfigureAwait(false);
            var at = call.System.Clock.GetUtcNow();
            List<(string Name, double Value)> counters;
            lock (call.Estate.Gate)
                counters = EsxtopCounters.Of(call.Estate, call.Host, at);
            if (columns is null)
            {
                columns = [.. counters.Select(counter => counter.Name)];
                call.Out.Write("\"(PDH-CSV 4.0) (UTC)(0)\"" + string.Concat(columns.Select(name => $",\"\\\\{call.Host.Name}\\{ByteText.Of(name)}\"")) + "\n");
            }

            // The columns are those of the beginning; what is gone meanwhile reads 0.
            var values = counters.GroupBy(counter => counter.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
            call.Out.Write(at.ToString("'\"'MM/dd/yyyy HH:mm:ss'\"'", CultureInfo.InvariantCulture) + string.Concat(columns.Select(name => $",\"{values.GetValueOrDefault(name).ToString("0.00", CultureInfo.InvariantCulture)}\"")) + "\n");
            await call.FlushAsync().ConfigureAwait(false);
        }

        return 0;
    }
}
