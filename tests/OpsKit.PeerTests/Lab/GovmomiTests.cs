using System.Diagnostics;
using System.Text.Json;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Lab;

/// <summary>VMware's Go library at work on a lab, as govc and Terraform use it. It knows API 7.0.</summary>
public sealed class GovmomiTests
{
    [Fact]
    public async Task Finder_collector_tasks_snapshots_and_counters_work()
    {
        await using var lab = await LabProcess.StartAsync("--speed", "60");

        using var document = JsonDocument.Parse(await RunAsync(lab));
        var found = document.RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.ToString());

        (found["machines"], found["hosts"], found["datastores"], found["networks"], found["licences"]).ShouldBe(("12", "4", "2", "6", "10"));
        found["children"].ShouldBe("""["/Lab/datastore","/Lab/host","/Lab/network","/Lab/vm"]""");
        found["web"].ShouldBe("""["/Lab/vm/Prod/Web/web01","/Lab/vm/Prod/Web/web02","/Lab/vm/Prod/Web/web03","/Lab/vm/Prod/Web/web04"]""");
        (found["whole"], found["devices"], found["pnics"], found["missing"], found["unknown"]).ShouldBe(("12", "True", "6", "True", "types.InvalidProperty"));
        (found["byUuid"], found["off"], found["twice"]).ShouldBe(("True", "poweredOff", "*types.InvalidPowerState"));
        (found["limit"], found["snapshot"], found["removed"], found["series"]).ShouldBe(("320", "VirtualMachineSnapshot", "True", "3"));
        found["loggedOut"].ShouldBe("True");
    }

    private static async Task<string> RunAsync(LabProcess lab)
    {
        var start = new ProcessStartInfo(Repository.PathOf("tests/OpsKit.PeerTests/Lab/govmomi/run")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-url", $"https://{Uri.EscapeDataString(LabProcess.Administrator)}@127.0.0.1:{lab.Port}/sdk", "-ca", lab.Certificate])
            start.ArgumentList.Add(argument);
        start.Environment["GOVMOMI_PASSWORD"] = lab.PasswordOf(LabProcess.Administrator);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return output;
    }
}
