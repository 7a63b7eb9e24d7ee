using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Vibs;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.Tests.Esxi.Esxcli;
using OpsKit.PeerTests.Console;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Vibs;

/// <summary>The console against hosts behind OpenSSH's own server: what is installed there, and what of it survives a killed process.</summary>
public sealed class VibsOverSshTests : IDisposable
{
    private static readonly TestVib Old = new("contoso-driver", "1.0.0-1") { Live = false, MaintenanceMode = true, Level = "partner", Signature = [0x30, 1] };
    private static readonly TestVib New = Old with { Version = "1.1.0-1" };
    private static readonly string[] Versions = ["5.0.0", "5.5.0", "6.7.0", "7.0.3"];

    private readonly OpskitProgram _opskit = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _opskit.Dispose();

    [Fact]
    public async Task Hosts_of_four_versions_are_updated_at_once()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Folder = _opskit.File("lab"), Sshd = true, Speed = 300 }, Token);
        Prepare(lab, (host, place) => Become(lab, host, Versions[place]));
        await File.WriteAllBytesAsync(_opskit.File("driver.vib"), New.ToBytes(), Token);

        var run = await _opskit.RunAsync("", "vib", "update", "cluster:cl01", "--vib", "driver.vib", "--batch", "all", "--settle", "0s", "--confirm", "cl01", "--inventory", lab.InventoryFile);

        run.ExitCode.ShouldBe(0, run.Error);
        foreach (var host in lab.Estate.Hosts)
            ShouldBeUpdated(lab, host);
        var listed = await _opskit.RunAsync("", "vib", "list", "--names", "contoso-driver", "--output", "csv", "--inventory", lab.InventoryFile);
        listed.Out.Split('\n').Count(line => line.Contains(",1.1.0-1,", StringComparison.Ordinal)).ShouldBe(4, listed.Out);
    }

    /// <summary>The process is gone, and with it its connections; the host goes on, and whoever takes the run up finds that.</summary>
    [Fact]
    public async Task Process_killed_in_the_midst_of_an_installation_leaves_it_to_the_next_one()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Folder = _opskit.File("lab"), Sshd = true, Speed = 30 }, Token);
        Prepare(lab, (host, _) => host.RebootTime = TimeSpan.FromMinutes(1));
        await File.WriteAllBytesAsync(_opskit.File("driver.vib"), (New with { ContentSha256 = true }).ToBytes(), Token);
        var host = lab.Estate.Hosts[0];
        string[] apply = ["vib", "update", "esx01", "--vib", "driver.vib", "--settle", "0s", "--confirm", host.Name, "--inventory", lab.InventoryFile];

        using (var killed = _opskit.Start("", apply))
        {
            await Eventually.TrueAsync(() => host.Software.Installation is not null, "the installation");
            await killed.SignalAsync("KILL");
            (await killed.EndAsync()).ExitCode.ShouldBe(137);
        }

        var run = await _opskit.RunAsync("", "runs", "resume", "last", "--confirm", host.Name);

        run.ExitCode.ShouldBe(0, run.Error);
        ShouldBeUpdated(lab, host);
        lab.Log.Changes.Count(change => change.Operation.Contains("mkdir -m 700", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static void Prepare(LabServer lab, Action<LabHost, int> each)
    {
        lock (lab.Estate.Gate)
        {
            foreach (var machine in lab.Estate.Machines)
                machine.PowerState = "poweredOff";
            foreach (var (place, host) in lab.Estate.Hosts.Index())
            {
                each(host, place);
                var now = lab.Estate.Clock.GetUtcNow();
                host.Software.Running = host.Software.Running.With(host.Software.Running.Vibs.Append(VibPackage.Read(Old.ToBytes()).Vib with { Installed = now }), now);
            }
        }
    }

    private static void Become(LabServer lab, LabHost host, string version)
    {
        host.Version = version;
        host.Services.Clear();
        HostSettings.Fill(host);
        HostSoftware.Fill(host, lab.Estate.Clock.GetUtcNow());
        host.Services["TSM-SSH"] = true;
    }

    private static void ShouldBeUpdated(LabServer lab, LabHost host)
    {
        lock (lab.Estate.Gate)
        {
            host.Software.Running.Find("contoso-driver")!.Version.ShouldBe(New.Version, host.Name);
            (host.InMaintenanceMode, host.RebootRequired).ShouldBe((false, false), host.Name);
        }

        Directory.EnumerateFileSystemEntries(lab.Folder, "*opskit-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }
}
