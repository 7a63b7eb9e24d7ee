using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Tests.Inventory;

public sealed class InventoryErrorTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("vcenters:\n  vc1:\n    adress: a.example.com", 3, "unknown key \"adress\" (did you mean \"address\"?)")]
    [InlineData("vcentres:\n  vc1: {}", 1, "did you mean \"vcenters\"?")]
    [InlineData("vcenters:\n  vc1:\n    credential: raeder\ncredentials:\n  reader: { user: a, password: prompt }", 3, "there is no credential \"raeder\" (did you mean \"reader\"?)")]
    [InlineData("vcenters:\n  vc1:\n    connect-timeout: 30", 3, "\"30\", expected a time such as 250ms")]
    [InlineData("vcenters:\n  vc1:\n    connect-timeout: 1d", 3, "from 1s to 10m")]
    [InlineData("vcenters:\n  vc1:\n    max-requests: 65", 3, "a whole number from 1 to 64")]
    [InlineData("vcenters:\n  vc1:\n    address: http://vc.example.com", 3, "only https")]
    [InlineData("vcenters:\n  vc1:\n    address: vc.example.com:99999", 3, "1 to 65535")]
    [InlineData("vcenters:\n  vc1:\n    address: root:secret@vc.example.com", 3, "a login does not belong into an address")]
    [InlineData("vcenters:\n  vc1:\n    tls: { thumbprint: 00aa }", 3, "64 hex digits")]
    [InlineData("vcenters:\n  vc1:\n    tls: yes", 3, "expected keys with values")]
    [InlineData("vcenters: [vc1, vc2]", 1, "a list, expected keys with values")]
    [InlineData("hosts:\n  esx1:\n    ssh: { host-keys: accept_new }", 3, "one of strict, accept-new (did you mean \"accept-new\"?)")]
    [InlineData("hosts:\n  esx1:\n    ssh: { port: 0 }", 3, "a whole number from 1 to 65535")]
    [InlineData("hosts:\n  esx1:\n    vcenter: vc1", 3, "there is no vcenter \"vc1\"")]
    [InlineData("hosts:\n  esx1:\n    ssh: { fingerprint: aa:bb }", 3, "SHA256:")]
    [InlineData("vcenters:\n  a: {}\nhosts:\n  A: {}", 4, "is taken already, at opskit.yaml:2")]
    [InlineData("hosts:\n  esx1: {}\ngroups:\n  g: [esx2]", 4, "there is no endpoint or group \"esx2\" (did you mean \"esx1\"?)")]
    [InlineData("groups:\n  a: [b]\n  b: [a]", 2, "contains itself")]
    [InlineData("credentials:\n  c:\n    user: root", 3, "neither \"password\" nor \"key\"")]
    [InlineData("credentials:\n  c:\n    password: prompt", 3, "\"user\" is missing")]
    [InlineData("credentials:\n  c: { user: root, password: prompt, passphrase: prompt }", 2, "without a \"key\"")]
    [InlineData("version: 2", 1, "a whole number from 1 to 1")]
    [InlineData("vcenters:\n  vc1: {}\n  vc1: {}", 3, "uplicate key")]
    [InlineData("vcenters:\n\tvc1: {}", 1, "tab")]
    [InlineData("- a\n- b", 1, "expected keys with values at the top")]
    [InlineData("a: 1\n---\nb: 2", 3, "one file holds one document")]
    public void Mistake_is_told_with_its_line_and_what_would_be_right(string yaml, int line, string message)
    {
        _host.Write("opskit.yaml", yaml);

        var refused = Should.Throw<OpsKitException>(() => InventoryReader.Read("opskit.yaml", _host.JumpHost));

        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.Message.ShouldContain($"opskit.yaml:{line}:");
        refused.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("p:w")]
    [InlineData("ENV:X")]
    public void Password_written_down_is_refused_and_not_repeated(string password)
    {
        _host.Write("opskit.yaml", $"credentials:\n  c: {{ user: root, password: \"{password}\" }}\n");

        var refused = Should.Throw<OpsKitException>(() => InventoryReader.Read("opskit.yaml", _host.JumpHost));

        refused.Message.ShouldContain("opskit.yaml:2:");
        refused.Message.ShouldContain("by reference");
        refused.Message.ShouldNotContain(password);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        _host.Write("opskit.yaml", "vcenters:\n  a: { max-requests: 0 }\n  b: { connect-timeout: x }\nhosts:\n  c: { ssh: { prot: 22 } }\n");

        var message = Should.Throw<OpsKitException>(() => InventoryReader.Read("opskit.yaml", _host.JumpHost)).Message;

        message.Split('\n').Select(line => line.Split(':')[1]).ShouldBe(["2", "3", "5"]);
    }

    [Fact]
    public void Missing_file_is_told_with_the_way_on()
    {
        var refused = Should.Throw<OpsKitException>(() => InventoryReader.Read("nowhere.yaml", _host.JumpHost));

        refused.Message.ShouldContain("nowhere.yaml");
        refused.Next.ShouldNotBeNull();
    }

    [Fact]
    public void File_that_is_not_utf8_is_told()
    {
        File.WriteAllBytes(Path.Combine(_host.Folder, "opskit.yaml"), [0x61, 0x3A, 0x20, 0xE4, 0x0A]);

        Should.Throw<OpsKitException>(() => InventoryReader.Read("opskit.yaml", _host.JumpHost)).Message.ShouldContain("not UTF-8");
    }
}
