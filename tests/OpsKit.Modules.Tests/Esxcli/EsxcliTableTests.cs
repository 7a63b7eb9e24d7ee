using OpsKit.Connections;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Tests.Esxcli;

public sealed class EsxcliTableTests
{
    private const string Connections = """
        Proto  Recv Q  Send Q  Local Address    Foreign Address      State        World ID  CC Algo  World Name
        -----  ------  ------  ---------------  -------------------  -----------  --------  -------  ----------
        tcp         0       0  127.0.0.1:80     127.0.0.1:40033      ESTABLISHED   2098838  docker1  envoy
        tcp         0       0  127.0.0.1:20923  127.0.0.1:80         TIME WAIT           0
        tcp         0       0  127.0.0.1:9131   0.0.0.0:0            LISTEN        2098968  newreno  hostd
        udp         0       0  127.0.0.1:10672  127.0.0.1:6831                     2098968           hostd

        """;

    [Fact]
    public void Table_is_cut_by_its_dashes_and_blanks_in_values_stay()
    {
        var rows = EsxcliTable.Read(Connections, "Local Address");

        rows.Select(row => row.Text("State")).ShouldBe(["ESTABLISHED", "TIME WAIT", "LISTEN", ""]);
        rows.Select(row => row.Text("WorldName")).ShouldBe(["envoy", "", "hostd", "hostd"]);
        rows[1].Integer("World ID").ShouldBe(0);
        rows[3].Text("Foreign-Address").ShouldBe("127.0.0.1:6831");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(120)]
    [InlineData(300)]
    [InlineData(500)]
    public void Table_that_is_cut_off_is_refused(int length) =>
        Should.Throw<OpsKitException>(() => EsxcliTable.Read(Connections[..length].TrimEnd('\n'))).What.ShouldContain("cannot be read");

    [Fact]
    public void Row_that_does_not_fit_the_dashes_is_refused()
    {
        var odd = Connections.Replace("127.0.0.1:20923", "127.0.0.1:20923xx", StringComparison.Ordinal);

        Should.Throw<OpsKitException>(() => EsxcliTable.Read(odd)).What.ShouldContain("does not fit the dashes");
    }

    [Fact]
    public void Column_that_is_missing_is_told() =>
        Should.Throw<OpsKitException>(() => EsxcliTable.Read(Connections, "Netstack")).What.ShouldContain("no column \"Netstack\"");

    [Fact]
    public void Nothing_is_an_empty_table() => EsxcliTable.Read("\n").ShouldBeEmpty();

    [Fact]
    public void Text_without_dashes_is_no_table() => Should.Throw<OpsKitException>(() => EsxcliTable.Read("Unknown command or namespace network connection list\n"));
}
