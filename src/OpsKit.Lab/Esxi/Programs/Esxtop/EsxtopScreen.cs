using System.Globalization;
using System.Text;
using OpsKit.Lab.Esxi.Terminals;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Performance;

namespace OpsKit.Lab.Esxi.Programs.Esxtop;

/// <summary>The views on a terminal: <c>n</c> network, <c>v</c> virtual disks, <c>q</c> ends it.</summary>
internal static class EsxtopScreen
{
    private const string Clear = "\u001b[H\u001b[2J";
    private static readonly LimitHistory Now = new();

    public static async Task<int> RunAsync(HostCall call, HostTerminal terminal, TimeSpan interval)
    {
        var view = 'n';
        terminal.Raw = true;
        try
        {
            var key = new byte[1];
            var reading = call.Input.ReadAsync(key).AsTask();
            while (true)
            {
                lock (call.Estate.Gate)
                    call.Out.Write(Clear + Text(call.Estate, call.Host, call.System.Clock.GetUtcNow(), view));
                await call.FlushAsync().ConfigureAwait(false);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken);
                var waiting = Task.Delay(interval, call.System.Clock, over.Token);
                if (await Task.WhenAny(reading, waiting).ConfigureAwait(false) == waiting)
                {
                    call.CancellationToken.ThrowIfCancellationRequested();
                    continue;
                }

                await over.CancelAsync().ConfigureAwait(false);
                if (await reading.ConfigureAwait(false) == 0 || key[0] == (byte)'q')
                    return 0;
                view = key[0] is (byte)'n' or (byte)'v' or (byte)'d' ? (char)key[0] : view;
                reading = call.Input.ReadAsync(key).AsTask();
            }
        }
        finally
        {
            terminal.Raw = false;
        }
    }

    /// <summary>A view as it is at a time. Called under the gate.</summary>
    public static string Text(LabEstate estate, LabHost host, DateTimeOffset at, char view)
    {
        var text = new StringBuilder();
        var up = at - host.BootTime;
        text.Append(CultureInfo.InvariantCulture, $" {at:HH:mm:ss} up {up.Days} days {up:hh\\:mm}, {300 + (estate.Machines.Count(machine => machine.Host == host) * 3)} worlds; CPU load average: 0.05, 0.04, 0.04\n\n");
        if (view == 'n')
            Network(text, estate, host, at);
        else
            Disks(text, estate, host, at);
        return text.ToString();
    }

    private static void Network(StringBuilder text, LabEstate estate, LabHost host, DateTimeOffset at)
    {
        var old = HostSettings.Major(host) < 6;
        text.Append(old
            ? "   PORT-ID              USED-BY  TEAM-PNIC DNAME              PKTTX/s  MbTX/s    PKTRX/s  MbRX/s %DRPTX %DRPRX\n"
            : "   PORT-ID USED-BY                         TEAM-PNIC DNAME              PKTTX/s  MbTX/s   PSZTX    PKTRX/s  MbRX/s   PSZRX %DRPTX %DRPRX\n");
        foreach (var port in PortLoad.Of(estate, host, at))
        {
            var user = ByteText.Of(port.World is { } world ? $"{world}:{port.UsedBy}" : port.UsedBy);
            if (old)
                text.Append(CultureInfo.InvariantCulture, $"{port.Id,10} {Cut(user, 20),20} {port.TeamNic,10} {Cut(port.Switch, 16),-16}{port.Sent,10:0.00}{port.SentMbit,8:0.00}{port.Received,11:0.00}{port.ReceivedMbit,8:0.00}{0.0,7:0.00}{0.0,7:0.00}\n");
            else
                text.Append(CultureInfo.InvariantCulture, $"{port.Id,10} {Cut(user, 30),-30} {port.TeamNic,10} {Cut(port.Switch, 16),-16}{port.Sent,10:0.00}{port.SentMbit,8:0.00}{(port.Sent > 0 ? 700.0 : 0),8:0.00}{port.Received,11:0.00}{port.ReceivedMbit,8:0.00}{(port.Received > 0 ? 700.0 : 0),8:0.00}{0.0,7:0.00}{0.0,7:0.00}\n");
        }
    }

    private static void Disks(StringBuilder text, LabEstate estate, LabHost host, DateTimeOffset at)
    {
        text.Append("       GID VMNAME           VDEVNAME NVDISK   CMDS/s  READS/s WRITES/s MBREAD/s MBWRTN/s  LAT/rd  LAT/wr\n");
        foreach (var machine in Worlds.Running(estate, host))
        {
            var samples = machine.Disks.Select(disk => DiskLoad.Sample(machine, disk, at, Now)).ToList();
            var latency = samples.Count > 0 ? samples.Max(sample => sample.LatencyMs) : 0;
            text.Append(CultureInfo.InvariantCulture, $"{Worlds.Of(host, machine),10} {Cut(ByteText.Of(machine.Name), 16),-16} {"-",8} {samples.Count,6} {samples.Sum(sample => sample.Reads + sample.Writes),8:0.00} {samples.Sum(sample => sample.Reads),8:0.00} {samples.Sum(sample => sample.Writes),8:0.00} {samples.Sum(sample => sample.ReadKb) / 1024,8:0.00} {samples.Sum(sample => sample.WriteKb) / 1024,8:0.00} {latency,7:0.000} {latency,7:0.000}\n");
        }
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..width];
}
