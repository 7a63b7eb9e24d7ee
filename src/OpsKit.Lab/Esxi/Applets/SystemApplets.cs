using System.Globalization;
using OpsKit.Lab.Esxi.Programs;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>What the host says of itself: <c>uname</c>, <c>hostname</c>, <c>id</c>, <c>whoami</c>, <c>uptime</c>, <c>ps</c>.</summary>
internal static class SystemApplets
{
    private static readonly string[] Worlds = ["init", "vmsyslogd", "hostd-worker", "hostd", "vpxa", "rhttpproxy", "ntpd", "sfcb-vmware_bas", "dcui", "sshd"];

    public static Task<int> NameAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "amnrsvpio");
        (string Letters, string Text)[] parts =
        [
            ("sa", "VMkernel"), ("na", call.Host.Name), ("ra", call.Host.Version), ("va", $"#1 SMP Release build-{call.Host.Build}"), ("ma", "x86_64"), ("pa", "x86_64"), ("ia", "x86_64"), ("oa", "ESXi"),
        ];
        var shown = parts.Where(part => part.Letters.Any(options.Has)).Select(part => part.Text).ToList();
        call.Out.WriteLine(shown.Count > 0 ? string.Join(' ', shown) : "VMkernel");
        return Task.FromResult(0);
    }

    public static Task<int> HostNameAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "sfid");
        var dot = call.Host.Name.IndexOf('.', StringComparison.Ordinal);
        call.Out.WriteLine(options.Has('i') ? call.Host.Address.ToString()
            : options.Has('s') && dot > 0 ? call.Host.Name[..dot]
            : options.Has('d') ? call.Host.Name[(dot + 1)..]
            : call.Host.Name);
        return Task.FromResult(0);
    }

    public static Task<int> IdAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "ugnrG");
        call.Out.WriteLine(options.Has('u') || options.Has('g') ? options.Has('n') ? "root" : "0" : "uid=0(root) gid=0(root)");
        return Task.FromResult(0);
    }

    public static Task<int> WhoAmIAsync(HostCall call)
    {
        call.Out.WriteLine("root");
        return Task.FromResult(0);
    }

    public static Task<int> UptimeAsync(HostCall call)
    {
        var now = call.System.Clock.GetUtcNow();
        TimeSpan up;
        lock (call.Estate.Gate)
            up = now - call.Host.BootTime;
        call.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {now:H:mm:ss} up {(up.Days > 0 ? $"{up.Days} day{(up.Days == 1 ? "" : "s")}, " : "")}{up:hh\\:mm\\:ss}, load average: 0.04, 0.03, 0.03"));
        return Task.FromResult(0);
    }

    /// <summary>The worlds that are always there, and what was started.</summary>
    public static Task<int> ProcessesAsync(HostCall call)
    {
        var first = HostSettings.Major(call.Host) >= 7 ? 2_097_152 : 32_768;
        call.Out.WriteLine("WID      CID      WorldName        Command");
        for (var i = 0; i < Worlds.Length; i++)
            Print(first + (i * 7), Worlds[i], i == 0 ? "/bin/init" : $"/usr/lib/vmware/bin/{Worlds[i]}");
        foreach (var process in call.System.Processes.All)
        {
            var program = process.Command.Split(' ')[0];
            Print(process.Pid, program[(program.LastIndexOf('/') + 1)..], process.Command);
        }

        return Task.FromResult(0);

        void Print(int world, string name, string command) =>
            call.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{world,-8} {world,-8} {(name.Length > 16 ? name[..16] : name),-16} {command.ReplaceLineEndings(" ")}"));
    }
}
