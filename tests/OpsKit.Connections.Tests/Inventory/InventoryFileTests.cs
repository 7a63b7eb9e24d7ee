using OpsKit.Connections.Inventory;
using OpsKit.Connections.Secrets;
using OpsKit.TestKit;

namespace OpsKit.Connections.Tests.Inventory;

/// <summary>The inventories in the repository.</summary>
public sealed class InventoryFileTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(Repository.PathOf("samples/inventories"), "*.yaml").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_is_valid(string name)
    {
        var estate = InventoryReader.Read(Repository.PathOf(Path.Combine("samples/inventories", name)), _host.JumpHost);

        estate.Endpoints.ShouldNotBeEmpty();
        estate.Endpoints.ShouldAllBe(endpoint => endpoint.Credential != null);
    }

    [Fact]
    public void Commented_inventory_reads_as_it_says()
    {
        var estate = InventoryReader.Read(Repository.PathOf("config/opskit.yaml"), _host.JumpHost);

        var vc1 = estate.Find("vc1").ShouldBeOfType<VCenterEndpoint>();
        vc1.Address.ShouldBe("vcenter1.example.com");
        vc1.LinkedGroup.ShouldBe("europe");
        vc1.Credential!.Password.ShouldBe(new SecretReference(SecretSource.Command, "pass show vcenter/reader"));
        vc1.Tls.CaFile.ShouldBe("/etc/ssl/certs/example-corp.pem");
        var vc2 = (VCenterEndpoint)estate.Find("vc2")!;
        vc2.Tls.Thumbprint.ShouldStartWith("3F0A77C1");
        var old = (VCenterEndpoint)estate.Find("OLD-VC")!;
        (old.Port, old.Path, old.MaxRequestsInFlight, old.ConnectTimeout, old.Tls.AllowLegacy).ShouldBe((8443, "/sdk", 2, TimeSpan.FromMinutes(1), true));
        var enc1 = (EnclosureEndpoint)estate.Find("enc1")!;
        (enc1.StandbyAddress, enc1.Ssh.AllowLegacy, enc1.ConnectTimeout).ShouldBe(("oa2-enc1.example.com", true, TimeSpan.FromSeconds(30)));
        enc1.Credential!.Password!.Value.ShouldBe(Repository.PathOf("config/secrets/oa-admin"));
        var esx02 = (HostEndpoint)estate.Find("esx02.example.com")!;
        (esx02.Address, esx02.Ssh.HostKeyPolicy, esx02.ConnectTimeout).ShouldBe(("esx02.example.com", HostKeyPolicy.AcceptNew, TimeSpan.FromSeconds(10)));
        esx02.Credential!.PrivateKeyFile.ShouldBe(Path.Combine(_host.Folder, ".ssh/id_ed25519"));
        estate.Select(["everything"]).Select(endpoint => endpoint.Name).ShouldBe(["vc1", "vc2", "enc1", "esx01", "esx02.example.com"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("credentials:")]
    [InlineData("defaults:\n  vcenters:")]
    [InlineData("defaults:\n  hosts:")]
    [InlineData("defaults:\n  enclosures:")]
    [InlineData("vcenters:\n  vc9:")]
    [InlineData("enclosures:\n  enc9:")]
    [InlineData("hosts:\n  esx9:")]
    public void Commented_inventory_names_every_key_the_reader_knows(string section)
    {
        var file = _host.Write("opskit.yaml", section.Length == 0 ? "nonsense: 1\n" : $"{section}\n{new string(' ', 2 * section.Split('\n').Length)}{(section.Contains("redentials", StringComparison.Ordinal) ? "c: { user: a, nonsense: 1 }" : "  nonsense: 1")}\n");
        var known = Should.Throw<OpsKitException>(() => InventoryReader.Read(file, _host.JumpHost)).Message
            .Split('\n').Single(line => line.Contains("unknown key", StringComparison.Ordinal)).Split("known: ")[1].Split(", ");
        var commented = File.ReadAllText(Repository.PathOf("config/opskit.yaml"));

        known.Length.ShouldBeGreaterThan(2);
        foreach (var key in known)
            commented.ShouldContain($"{key}:", customMessage: $"config/opskit.yaml does not explain {key}");
    }
}
