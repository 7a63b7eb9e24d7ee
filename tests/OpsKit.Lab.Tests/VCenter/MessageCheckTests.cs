using System.Text;
using OpsKit.Lab.VCenter.Http;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class MessageCheckTests
{
    private const string Login = "<Login xmlns=\"urn:vim25\"><_this type=\"SessionManager\">SessionManager</_this><userName>u</userName><password>p</password></Login>";
    private const string Session =
        "<LoginResponse xmlns=\"urn:vim25\"><returnval><key>1</key><userName>u</userName><fullName>u</fullName><loginTime>2026-03-02T12:00:00Z</loginTime>"
        + "<lastActiveTime>2026-03-02T12:00:00Z</lastActiveTime><locale>en</locale><messageLocale>en</messageLocale><extensionSession>false</extensionSession>"
        + "<ipAddress>127.0.0.1</ipAddress><userAgent>test</userAgent><callCount>1</callCount></returnval></LoginResponse>";

    private readonly MessageCheck _check = new();

    [Fact]
    public void Valid_exchange_is_counted()
    {
        Observe("Login", Login, Session);

        _check.Violations.ShouldBeEmpty();
        _check.Checked.ShouldBe(2);
    }

    [Theory]
    [InlineData("<faultcode>ServerFaultCode</faultcode><faultstring>no</faultstring>")]
    [InlineData("<faultcode>ServerFaultCode</faultcode><faultstring>no</faultstring><detail><InvalidLoginFault xmlns=\"urn:vim25\" xsi:type=\"InvalidLogin\"/></detail>")]
    public void Faults_are_valid_answers(string fault)
    {
        Observe("Login", Login, Fault(fault));

        _check.Violations.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_wrong_is_told_with_its_place()
    {
        var told = new List<string>();
        _check.Violated += told.Add;

        Observe("Login", Login, Session.Replace("<key>1</key>", "", StringComparison.Ordinal));

        told.ShouldHaveSingleItem().ShouldStartWith("Login answer: ");
        told[0].ShouldContain("userName");
        told[0].ShouldContain("line 1");
        _check.Violations.ShouldHaveSingleItem().ShouldContain("<LoginResponse");
    }

    [Theory]
    [InlineData("a request whose elements are in another order", "<userName>u</userName><password>p</password>", "<password>p</password><userName>u</userName>")]
    [InlineData("an operation that does not exist", "<Login ", "<Login_Nowhere ")]
    [InlineData("a type that does not exist", "<userName>", "<userName xsi:type=\"Nothing\">")]
    [InlineData("a type of another namespace", "<userName>", "<userName xsi:type=\"xsd:int\">")]
    public void Request_that_was_carried_out_must_be_valid(string what, string valid, string broken)
    {
        Login.ShouldContain(valid);
        Observe("Login", Login.Replace(valid, broken, StringComparison.Ordinal), Session);

        _check.Violations.ShouldNotBeEmpty(what);
    }

    [Fact]
    public void Request_that_was_refused_unread_need_not_be_valid()
    {
        Observe("", "<nonsense/>", Session);

        _check.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<detail><InvalidLoginFault xmlns=\"urn:vim25\" xsi:type=\"NoPermission\"><privilegeId>System.Read</privilegeId><object type=\"Folder\">group-d1</object></InvalidLoginFault></detail>")]
    [InlineData("<detail><A xmlns=\"urn:vim25\"/><B xmlns=\"urn:vim25\"/></detail>")]
    [InlineData("<reason/>")]
    public void Faults_are_held_to_their_types(string detail)
    {
        Observe("Login", Login, Fault("<faultcode>ServerFaultCode</faultcode><faultstring>no</faultstring>" + detail));

        _check.Violations.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("<html/>")]
    [InlineData("nothing of the kind")]
    [InlineData("")]
    public void Answer_that_is_no_envelope_is_told(string answer)
    {
        _check.Observe(new SdkExchange("Login", SchemaVersion.Of("8.0.3.0"), Bytes(Envelope(Login)), Bytes(answer)));

        _check.Violations.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("4.1", "extensionSession")]
    [InlineData("6.7", null)]
    public void Answers_hold_nothing_that_came_after_the_client(string version, string? tooNew)
    {
        Observe("Login", Login, Session, version);

        if (tooNew is null)
            _check.Violations.ShouldBeEmpty();
        else
            _check.Violations.ShouldHaveSingleItem().ShouldContain(tooNew);
    }

    [Fact]
    public void Types_that_came_after_the_client_may_not_stand_for_older_ones()
    {
        const string fault = "<faultcode>c</faultcode><faultstring>s</faultstring><detail><F xmlns=\"urn:vim25\" xsi:type=\"InvalidVmState\"><vm type=\"VirtualMachine\">vm-1</vm></F></detail>";
        Observe("Login", Login, Fault(fault), "6.5");
        _check.Violations.ShouldBeEmpty();

        Observe("Login", Login, Fault(fault), "6.0");
        _check.Violations.ShouldNotBeEmpty();
    }

    private void Observe(string operation, string request, string answer, string version = "8.0.3.0") =>
        _check.Observe(new SdkExchange(operation, SchemaVersion.Of(version), Bytes(Envelope(request)), Bytes(Envelope(answer))));

    private static string Fault(string content) => $"<e:Fault>{content}</e:Fault>";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Envelope(string body) =>
        $"""<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><e:Body>{body}</e:Body></e:Envelope>""";
}
