using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Tests.Esxcli;

public sealed class EsxcliQueryTests
{
    private const string Nics = """
        <?xml version="1.0" encoding="utf-8"?>
        <output xmlns="http://www.vmware.com/Products/ESX/5.0/esxcli">
        <root>
           <list type="structure">
              <structure typeName="Nic">
                 <field name="AdminStatus"><string>Up</string></field>
                 <field name="MTU"><integer>1500</integer></field>
                 <field name="Uplinks"><list type="string"><string>vmnic0</string><string>vm, nic1</string></list></field>
                 <field name="DriverInfo"><structure typeName="DriverInfo"><field name="Version"><string>1.11.1.31</string></field></structure></field>
                 <field name="DVPort"><list type="structure"><structure typeName="DVPort"><field name="Client"><string>&lt;b&gt;</string></field></structure></list></field>
                 <field name="Enabled"><boolean>true</boolean></field>
                 <field name="Empty"></field>
              </structure>
           </list>
        </root>
        </output>

        """;

    [Fact]
    public void Fields_lists_and_things_within_things_are_read()
    {
        var nic = Xml(Nics).ShouldHaveSingleItem();

        nic.Text("Admin Status").ShouldBe("Up");
        nic.Integer("MTU").ShouldBe(1500);
        nic.Texts("Uplinks").ShouldBe(["vmnic0", "vm, nic1"]);
        nic.Records("Driver Info").Single().Text("Version").ShouldBe("1.11.1.31");
        nic.Records("DVPort").Single().Text("Client").ShouldBe("<b>");
        nic.Boolean("Enabled").ShouldBeTrue();
        nic.Text("Empty").ShouldBe("");
        nic.Count.ShouldBe(7);
    }

    [Theory]
    [InlineData("http://www.vmware.com/Products/ESX/5.0/esxcli/", "", "")]
    [InlineData("http://www.vmware.com/Products/ESX/5.0/esxcli", "<root>", "</root>")]
    public void One_thing_alone_is_read_with_a_root_and_without(string space, string begin, string end) =>
        Xml($"<?xml version=\"1.0\"?><output xmlns=\"{space}\">{begin}<structure typeName=\"F\"><field name=\"DefaultAction\"><string>DROP</string></field></structure>{end}</output>")
            .Single().Text("Default Action").ShouldBe("DROP");

    [Fact]
    public void Every_beginning_of_it_is_refused()
    {
        var whole = Nics.TrimEnd();
        for (var length = 0; length < whole.Length; length += 7)
            Should.Throw<OpsKitException>(() => Xml(whole[..length])).What.ShouldStartWith("\"esxcli --formatter=xml network nic list\": ");
    }

    [Theory]
    [InlineData("<!DOCTYPE output [<!ENTITY a \"b\">]><output>&a;</output>")]
    [InlineData("<html><body>502</body></html>")]
    [InlineData("Connect to localhost failed")]
    public void Anything_else_is_refused(string text) => Should.Throw<OpsKitException>(() => Xml(text));

    [Fact]
    public void Field_that_is_missing_or_odd_is_told()
    {
        var nic = Xml(Nics).Single();

        Should.Throw<OpsKitException>(() => nic.Required("Speed")).What.ShouldBe("the output of esxcli cannot be read: \"Speed\" is missing");
        Should.Throw<OpsKitException>(() => nic.Integer("AdminStatus")).What.ShouldContain("\"Up\", no number");
        Should.Throw<OpsKitException>(() => nic.Boolean("AdminStatus")).What.ShouldContain("neither true nor false");
    }

    [Fact]
    public void Refusal_of_a_host_is_told_with_the_command() =>
        Should.Throw<OpsKitException>(() => EsxcliQuery.Records(new ReadingResult(ReadingCommand.Esxcli("network nic list"), 1, "\nConnect to localhost failed: Connection failure\n")))
            .What.ShouldBe("\"esxcli network nic list\" ended with 1: Connect to localhost failed: Connection failure");

    [Theory]
    [InlineData("   World ID: 1\n   Display Name: a", "cut off within its last line")]
    [InlineData("Unknown command or namespace vms vm list\n", "no list")]
    public void Text_of_old_hosts_that_is_cut_or_odd_is_refused(string text, string why) =>
        Should.Throw<OpsKitException>(() => EsxcliQuery.Records(new ReadingResult(EsxcliQuery.Command(new Version(4, 1), "vms vm list"), 0, text))).What.ShouldContain(why);

    private static IReadOnlyList<EsxcliRecord> Xml(string output) =>
        EsxcliQuery.Records(new ReadingResult(EsxcliQuery.Command(new Version(5, 0), "network nic list"), 0, output));
}
