using CsCheck;
using OpsKit.TestKit;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Soap;

public sealed class SoapTapTests
{
    private const string Password = "s3cr<t&\"pass'word";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_is_heard_with_both_bodies()
    {
        await using var scripted = Scripted.Start(_ => Scripted.Time);
        var tap = new Tap();
        scripted.Client.Tap = tap;

        await scripted.CurrentTimeAsync(Ct);

        var said = tap.Heard.ShouldHaveSingleItem();
        said.Exchange.Operation.ShouldBe("CurrentTime");
        said.Status.ShouldBe(200);
        said.Request.Beginning.ShouldBe(scripted.Server.Requests[0].Body);
        said.Answer.Beginning.ShouldContain("<returnval>2011-08-03T12:00:00Z</returnval>");
        said.Answer.Omitted.ShouldBe(0);
    }

    [Fact]
    public async Task Fault_is_heard_as_the_server_said_it()
    {
        await using var scripted = Scripted.Start(_ => SoapAnswer.Fault("ManagedObjectNotFound", "gone"));
        var tap = new Tap();
        scripted.Client.Tap = tap;

        await Should.ThrowAsync<VimFaultException>(scripted.CurrentTimeAsync(Ct));

        var said = tap.Heard.ShouldHaveSingleItem();
        said.Exchange.Outcome.ShouldBe(SoapOutcome.Fault);
        said.Answer.Beginning.ShouldContain("<faultstring>gone</faultstring>");
    }

    [Fact]
    public async Task Password_of_a_login_is_never_heard_nor_what_is_answered_to_it()
    {
        await using var scripted = Scripted.Start(request => SoapAnswer.Response("Login", $"<returnval><key>52-key</key><userName>root</userName><fullName>{request.Body.Length}</fullName></returnval>"));
        var tap = new Tap();
        scripted.Client.Tap = tap;

        await new VimSessions(scripted.Client).LoginAsync(new ManagedObjectReference("SessionManager", "sm"), "root", Password, null, Ct);

        var said = tap.Heard.ShouldHaveSingleItem();
        said.Request.Beginning.ShouldContain("<password>***</password>");
        said.Request.Beginning.ShouldContain("<userName>root</userName>");
        said.ToString().ShouldNotContain("s3cr");
        said.Answer.ShouldBe(SoapBody.Empty);
    }

    [Fact]
    public async Task Long_answer_is_kept_at_its_ends_only()
    {
        var pieces = Enumerable.Range(0, 400_000).Select(number => $"<returnval>{number:0000000} ä</returnval>");
        await using var scripted = Scripted.Start(_ => SoapAnswer.Streamed("CurrentTime", pieces));
        var tap = new Tap { KeptBytes = 4096 };
        scripted.Client.Tap = tap;

        await scripted.Client.InvokeAsync<object?>(new CurrentTimeRequest { Self = Scripted.ServiceInstance }, reader => Skip(reader), Ct);

        var said = tap.Heard.ShouldHaveSingleItem();
        said.Answer.Beginning.Length.ShouldBeInRange(3900, 4096);
        said.Answer.End.ShouldEndWith("<returnval>0399999 ä</returnval></CurrentTimeResponse></soapenv:Body></soapenv:Envelope>");
        (said.Answer.Omitted + 2 * 4096).ShouldBe(said.Exchange.ResponseBytes);
    }

    [Fact]
    public async Task Tap_that_does_not_listen_hears_nothing_and_may_begin_later()
    {
        await using var scripted = Scripted.Start(_ => Scripted.Time);
        var tap = new Tap { IsListening = false };
        scripted.Client.Tap = tap;
        await scripted.CurrentTimeAsync(Ct);
        tap.Heard.ShouldBeEmpty();

        tap.IsListening = true;
        await scripted.CurrentTimeAsync(Ct);

        tap.Heard.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("<a><password>x</password></a>", "<a><password>***</password></a>")]
    [InlineData("<a><ns:newPassword xsi:type=\"xsd:string\">x</ns:newPassword>b</a>", "<a><ns:newPassword xsi:type=\"xsd:string\">***</ns:newPassword>b</a>")]
    [InlineData("<password><value>x</value><plainText>true</plainText></password>", "<password>***</password>")]
    [InlineData("<password><password>x</password>y</password>z", "<password>***</password>z")]
    [InlineData("<password/>x<b>y</b>", "<password/>x<b>y</b>")]
    [InlineData("<base64Token>x</base64Token><token>page 2</token>", "<base64Token>***</base64Token><token>page 2</token>")]
    [InlineData("<sessionID>x</sessionID>", "<sessionID>***</sessionID>")]
    [InlineData("<password>cut off", "<password>***")]
    [InlineData("<PASSWORD\n>x</PASSWORD\n>", "<PASSWORD\n>***</PASSWORD\n>")]
    [InlineData("plain", "plain")]
    [InlineData("<", "<")]
    public void Content_of_secret_elements_is_left_out(string xml, string left) => SecretElements.Drop(xml, isEnd: false).ShouldBe(left);

    [Theory]
    [InlineData("secret</password><b>x</b>", "***</password><b>x</b>")]
    [InlineData("alue>secret</value></password>c", "***</password>c")]
    [InlineData("a<b>c</b>", "a<b>c</b>")]
    [InlineData("x<password>y</password>z", "x<password>***</password>z")]
    public void Piece_that_begins_within_a_secret_shows_nothing_of_it(string xml, string left) => SecretElements.Drop(xml, isEnd: true).ShouldBe(left);

    [Fact]
    public void Wherever_a_document_is_cut_no_secret_is_left() =>
        Gen.Select(Gen.Int[16, 60], Gen.Int[0, 80], Gen.Int[0, 80], Gen.Int[1, 9]).Sample((kept, before, after, part) =>
        {
            var xml = $"<e><a>{new string('b', before)}</a><password><value>GEHEIM-geheim</value></password><a>{new string('c', after)}</a></e>";
            var capture = new BodyCapture(kept);
            var bytes = System.Text.Encoding.UTF8.GetBytes(xml);
            for (var at = 0; at < bytes.Length; at += part)
                capture.Add(bytes.AsSpan(at, Math.Min(part, bytes.Length - at)));

            var body = capture.Body();

            if (body.Omitted == 0)
                body.Beginning.ShouldBe(xml.Replace("<value>GEHEIM-geheim</value>", "***", StringComparison.Ordinal));
            else
                body.Omitted.ShouldBe(bytes.Length - (2 * kept));
            (body.Beginning + body.End).ShouldNotContain("GEHEIM", Case.Insensitive);
        });

    private static object? Skip(VimReader reader)
    {
        if (reader.Enter())
        {
            while (reader.NextChild())
                reader.Skip();
        }

        return null;
    }

    private sealed class Tap : ISoapTap
    {
        public List<SoapConversation> Heard { get; } = [];

        public bool IsListening { get; set; } = true;

        public int KeptBytes { get; init; } = 64 * 1024;

        void ISoapTap.Heard(SoapConversation conversation) => Heard.Add(conversation);
    }
}
