using OpsKit.Connections;
using OpsKit.Modules.NetworkAudit;
using OpsKit.TestKit;

namespace OpsKit.Modules.Tests.NetworkAudit;

public sealed class DocumentedPortsReaderTests
{
    [Fact]
    public void Built_in_lists_document_903_for_esxi_up_to_6_0_with_their_source()
    {
        var esxi = DocumentedPortsReader.BuiltIn.Single(list => list.Product == "esxi");
        var claimed = esxi.Ports.Single(port => port is { First: 903, Protocol: "tcp" });

        claimed.Source.ShouldBe("VMware KB 1012382");
        claimed.IsFor(new Version(4, 1, 0)).ShouldBeTrue();
        claimed.IsFor(new Version(5, 5, 0)).ShouldBeTrue();
        claimed.IsFor(new Version(7, 0, 3)).ShouldBeFalse();
        esxi.Ports.ShouldAllBe(port => port.Source.Length > 0 && port.Purpose.Length > 0);
        DocumentedPortsReader.BuiltIn.Select(list => list.Product).ShouldBe(["esxi", "esx"]);
    }

    /// <summary>What is built in is what is in the repository.</summary>
    [Theory]
    [InlineData("config/ports/esxi.yaml")]
    [InlineData("config/ports/esx.yaml")]
    public void List_of_the_repository_is_the_one_built_in(string file)
    {
        var list = DocumentedPortsReader.Parse(Repository.Read(file), file);

        DocumentedPortsReader.BuiltIn.Single(known => known.Product == list.Product).Ports.ShouldBe(list.Ports);
    }

    [Theory]
    [InlineData("version: 2\nproduct: esxi\nports: []\n", "ports.yaml:1:10: this opskit reads version 1, not 2")]
    [InlineData("version: 1\nports: []\n", "\"product\" is missing")]
    [InlineData("version: 1\nproduct: esxi\nports:\n  - { port: 70000, protocol: tcp, purpose: p, source: s }\n", "\"70000\" is no port from 1 to 65535 and no range such as 5900-5964")]
    [InlineData("version: 1\nproduct: esxi\nports:\n  - { port: 9-1, protocol: tcp, purpose: p, source: s }\n", "\"9-1\" is no port")]
    [InlineData("version: 1\nproduct: esxi\nports:\n  - { port: 1, protocol: tpc, purpose: p, source: s }\n", "one of tcp, udp")]
    [InlineData("version: 1\nproduct: esxi\nports:\n  - { port: 1, protocol: tcp, purpose: p }\n", "\"source\" is missing")]
    [InlineData("version: 1\nproduct: esxi\nports:\n  - { port: 1, protocol: tcp, purpose: p, source: s, since: five }\n", "\"five\" is no version such as \"5.0\"")]
    [InlineData("version: 1\nproduct: esxi\nports:\n  - { port: 1, protocol: tcp, purpose: p, source: s, since: \"6.0\", until: \"5.0\" }\n", "5.0 is before \"since\", 6.0")]
    [InlineData("version: 1\nproduct: esxi\nports:\n  - { port: 1, protocol: tcp, purpose: p, source: s, form: x }\n", "from")]
    public void Mistake_is_told_with_its_place(string text, string mistake)
    {
        var refusal = Should.Throw<OpsKitException>(() => DocumentedPortsReader.Parse(text, "ports.yaml"));

        refusal.Kind.ShouldBe(FailureKind.Usage);
        refusal.What.ShouldContain(mistake);
        refusal.What.ShouldContain("ports.yaml:");
    }
}
