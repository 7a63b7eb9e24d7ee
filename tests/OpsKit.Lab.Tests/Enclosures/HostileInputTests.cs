using System.Text;
using CsCheck;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Enclosures;
using OpsKit.Lab.Enclosures.Lines;
using OpsKit.Lab.Enclosures.Vcsu;

namespace OpsKit.Lab.Tests.Enclosures;

public sealed class HostileInputTests
{
    private static readonly string[] Shells = ["enc1", "enc1-oa2", "enc1-bay1", "enc1-bay2", "esx01-ilo"];

    private static readonly string[] Words =
    [
        "SHOW", "SET", "RESTART", "INTERCONNECT", "SERVER", "OA", "STATUS", "ALL", "1", "99999999999", "1,,2", "-", "\"", "\"\"", "<<", "HPONCFG", "\u001b[2J", "%s", "\0", "é", "show", "domain", "*",
        "reset", "/map1", "HELP", "PING", "127.30.1.1", "LOGIN_BANNER_TEXT", "SCRIPT", "MODE", "\u2028",
    ];

    [Fact]
    public void Whatever_is_typed_is_answered_and_the_session_ends_with_its_input()
    {
        var lines = Gen.OneOf(OneOf(Words).Array[0, 6].Select(words => string.Join(' ', words)), Gen.String);
        Gen.Select(OneOf(Shells), lines.Array[1, 4]).Sample(
            pair =>
            {
                var lab = new EnclosureLab();
                using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\r', pair.Item2.Where(line => !line.Contains("SLEEP", StringComparison.OrdinalIgnoreCase) && !line.Contains("PING", StringComparison.OrdinalIgnoreCase)))));
                using var output = new MemoryStream();
                Session(lab, pair.Item1, input, output).ShouldBeTrue("it ends");
                output.Length.ShouldBePositive();
            },
            iter: 150, threads: 1);
    }

    [Fact]
    public async Task Exec_takes_any_text()
    {
        await using var lab = new EnclosureLab();
        foreach (var text in (string[])["", " ", "\n\n", "\"", "SHOW \u001b[31m", new string('A', 200_000), string.Concat(Enumerable.Repeat("HPONCFG 1 << X\n", 5_000)), "SHOW INTERCONNECT STATUS " + string.Join(',', Enumerable.Repeat("1-8", 5_000))])
        {
            using var output = new MemoryStream();
            await lab.Doors.ExecuteAsync(lab.Doors.Named("enc1")!, "Administrator", text, Stream.Null, output, Stream.Null, EnclosureLab.Token);
            Encoding.UTF8.GetString(output.ToArray()).ShouldContain("Copyright");
        }

        lab.Log.Changes.ShouldAllBe(change => change.Operation == "HPONCFG");
    }

    [Fact]
    public async Task A_line_without_an_end_is_cut_and_its_characters_are_echoed_once()
    {
        using var input = new MemoryStream(Encoding.ASCII.GetBytes(new string('x', 10_000) + "\r\nab\b\bcd\u0015ef\u001b[A\n"));
        using var output = new MemoryStream();
        var typed = new TypedLines(input, output, TimeProvider.System);
        (await typed.ReadAsync(echo: true, EnclosureLab.Token)).ShouldBe(new string('x', TypedLines.LongestLine));
        (await typed.ReadAsync(echo: true, EnclosureLab.Token)).ShouldBe("ef");
        (await typed.ReadAsync(echo: true, EnclosureLab.Token)).ShouldBeNull();
        Encoding.ASCII.GetString(output.ToArray()).ShouldEndWith("\r\nab\b \b\b \bcd\b \b\b \bef\r\n");
    }

    [Fact]
    public void Bay_lists_are_bays_or_an_error() => Gen.OneOf(Gen.String, Gen.String["0123456789,-"]).Sample(text =>
    {
        var (bays, error) = BayList.Read(text, 8);
        if (error is null)
        {
            bays.ShouldAllBe(bay => bay >= 1 && bay <= 8);
            bays.ShouldBe(bays.Distinct().Order());
        }
        else
        {
            bays.ShouldBeEmpty();
        }
    });

    [Fact]
    public void Command_lines_of_the_utility_are_options_or_an_error() => OneOf("-a", "-i", "-q", "-oe", "-we", "update", "manual", "7", "-1", "", "\0", "health", "-f").Array[0, 8].Sample(arguments =>
    {
        var (options, error) = VcsuOptions.Read(arguments);
        (error is null || error.Length > 0).ShouldBeTrue();
        options.EthernetWait.ShouldBeInRange(0, 60);
        VcsuOptions.Orders.ShouldContain(options.EthernetOrder);
    });

    [Fact]
    public async Task Whoever_knows_no_password_is_not_let_in()
    {
        await using var lab = new EnclosureLab();
        foreach (var shell in lab.Doors.All)
        {
            shell.Endpoint.Accepts("Administrator", "").ShouldBeFalse(shell.Name);
            shell.Endpoint.Accepts("", "").ShouldBeFalse(shell.Name);
            shell.Endpoint.Accepts("administrator", lab.Administrator.Password).ShouldBeFalse(shell.Name);
        }
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static bool Session(EnclosureLab lab, string shell, Stream input, Stream output)
    {
        try
        {
            return lab.Doors.OpenAsync(lab.Doors.Named(shell)!, "Administrator", input, output, CancellationToken.None).Wait(TimeSpan.FromSeconds(20));
        }
        catch (AggregateException e) when (e.InnerException is ConnectionCutException)
        {
            return true;
        }
    }
}
