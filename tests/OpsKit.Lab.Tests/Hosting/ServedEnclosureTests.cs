using OpsKit.Cli;
using OpsKit.Cli.Terminals;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Hosting;

namespace OpsKit.Lab.Tests.Hosting;

public sealed class ServedEnclosureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-lab-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_inventory_leads_to_both_onboard_administrators_of_each_enclosure()
    {
        await using var lab = await StartAsync();
        var estate = InventoryReader.Read(lab.InventoryFile, Here());
        var enclosure = estate.Endpoints.OfType<EnclosureEndpoint>().ShouldHaveSingleItem();
        enclosure.Address.ShouldBe("127.30.1.1");
        enclosure.StandbyAddress.ShouldBe("127.30.1.2");
        enclosure.Ssh.Fingerprint.ShouldBe(lab.Doors.Named("enc1")!.Key.Public.Fingerprint);
        (await File.ReadAllTextAsync(Path.Combine(lab.Folder, "trust", "known_hosts"), Token)).ShouldContain("127.30.1.2 ");
        lab.Doors.Named("enc1-oa2").ShouldNotBeNull();
        lab.Doors.Named("enc1-bay1").ShouldNotBeNull();
        lab.Doors.Named("esx01-ilo").ShouldNotBeNull();
    }

    [Fact]
    public async Task About_says_what_the_enclosure_is()
    {
        await using var lab = await StartAsync();
        var (output, exitCode) = await OpskitAsync(lab, "about", "--inventory", lab.InventoryFile, "--limit", "enc1", "--output", "csv");
        exitCode.ShouldBe(ExitCodes.Done);
        output.ShouldContain("enc1,enclosure,BladeSystem c7000 DDR2 Onboard Administrator with KVM,4.80,Dec 13 2017");
    }

    private Task<LabServer> StartAsync() => LabServer.StartAsync(new LabOptions { Folder = Path.Combine(_folder.FullName, "lab"), Size = LabSize.Small, Speed = 600 }, Token);

    private JumpHost Here() => JumpHost.From(new Dictionary<string, string> { ["OPSKIT_STATE_DIR"] = Path.Combine(_folder.FullName, "lab") }, _folder.FullName, _folder.FullName, windows: false);

    private async Task<(string Output, int ExitCode)> OpskitAsync(LabServer lab, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        using var interruption = new Interruption();
        var terminal = new Terminal(output, error, TextReader.Null, new TerminalStreams(false, false, false, int.MaxValue));
        var exitCode = await App.RunAsync(arguments, Here(), terminal, interruption, OpsKit.Cli.Commands.Doors.ToTheWorld with { SshTransport = lab.SshTransport });
        return (output.ToString() + error, exitCode);
    }
}
