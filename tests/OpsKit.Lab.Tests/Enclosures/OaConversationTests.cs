using System.Text.RegularExpressions;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Lab.Estate;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Enclosures;

public sealed partial class OaConversationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"^OA-[0-9A-F]{12}(?: \[SCRIPT MODE\])?> $")]
    private static partial Regex Prompt { get; }

    [GeneratedRegex(@"Are you sure you want to .*\? $")]
    private static partial Regex Question { get; }

    [Fact]
    public async Task A_restart_is_asked_about_and_done_at_yes()
    {
        await using var lab = new EnclosureLab();
        await using var session = await lab.ConnectAsync(lab.Enclosure.Oas[0].Address);
        await using var shell = await OpenAsync(session);
        shell.Greeting.ShouldContain("Copyright");

        var asked = await shell.SendAsync("restart interconnect 2", [Question, Prompt], null, Token);
        asked.Matched.ShouldBe("Are you sure you want to reset the Interconnect? ");
        lab.Module(2).State.ShouldBe(LabModuleState.Forwarding);
        (await shell.AskAsync("no", Token)).ShouldContain("The command was not executed.");
        lab.Module(2).State.ShouldBe(LabModuleState.Forwarding);

        await shell.SendAsync("restart interconnect 2", [Question], null, Token);
        (await shell.AskAsync("YES", Token)).ShouldContain("Resetting Interconnect tray in bay 2");
        lab.Module(2).State.ShouldBe(LabModuleState.LinksDown);
        lab.Log.Changes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            change => change.Endpoint.ShouldBe("enc1"), change => change.Operation.ShouldBe("RESTART INTERCONNECT"), change => change.Target.ShouldBe("2"));
    }

    [Fact]
    public async Task Script_mode_asks_nothing_and_shows_in_the_prompt()
    {
        await using var lab = new EnclosureLab();
        await using var session = await lab.ConnectAsync(lab.Enclosure.Oas[0].Address);
        await using var shell = await OpenAsync(session);

        var on = await shell.SendAsync("SET SCRIPT MODE ON", [Prompt], null, Token);
        on.Matched.ShouldEndWith("[SCRIPT MODE]> ");
        (await shell.AskAsync("RESTART INTERCONNECT 1", Token)).ShouldContain("Resetting Interconnect tray in bay 1");
        (await shell.SendAsync("SET SCRIPT MODE OFF", [Prompt], null, Token)).Matched.ShouldNotContain("SCRIPT");
        (await shell.AskAsync("history", Token)).ShouldContain("RESTART INTERCONNECT 1");
    }

    [Fact]
    public async Task Long_answers_come_by_the_page_and_q_ends_them()
    {
        await using var lab = new EnclosureLab();
        await using var session = await lab.ConnectAsync(lab.Enclosure.Oas[0].Address);
        await using var shell = await OpenAsync(session);

        var first = await shell.SendAsync("show server info all", [AnyKey, Prompt], null, Token);
        var page = await shell.SendAsync(" ", [AnyKey, Prompt], null, Token);
        var rest = page;
        while (rest.Which == 0)
            rest = await shell.SendAsync("q", [AnyKey, Prompt], null, Token);

        first.Which.ShouldBe(0);
        first.Output.Split('\n').Length.ShouldBeInRange(23, 27);
        first.Output.ShouldContain("Server Blade #1 Information:");
        page.Which.ShouldBe(0);
        rest.Output.ShouldNotContain("Server Blade #16 Information:");
    }

    [GeneratedRegex("---- Press any key to continue, or Q to quit ----$")]
    private static partial Regex AnyKey { get; }

    [Fact]
    public async Task Exit_ends_the_shell_and_so_does_a_day_without_a_word()
    {
        await using var lab = new EnclosureLab();
        await using var session = await lab.ConnectAsync(lab.Enclosure.Oas[0].Address);
        var shell = await OpenAsync(session);
        await Should.ThrowAsync<OpsKitException>(() => shell.AskAsync("exit", Token));
        await shell.DisposeAsync();

        using var input = new PipedInput();
        using var output = new MemoryStream();
        var idle = lab.Doors.OpenAsync(lab.Doors.Named("enc1")!, lab.Administrator.User, input.Stream, output, Token);
        await Eventually.TrueAsync(
            () =>
            {
                lab.Real.Advance(TimeSpan.FromDays(1));
                return idle.IsCompleted;
            },
            "an idle session ends");
        System.Text.Encoding.UTF8.GetString(output.ToArray()).ShouldEndWith("Session timed out. Logging out.\r\n");
    }

    [Fact]
    public async Task A_console_of_a_module_has_a_login_of_its_own_and_comes_back_to_the_prompt()
    {
        await using var lab = new EnclosureLab();
        await using var session = await lab.ConnectAsync(lab.Enclosure.Oas[0].Address);
        await using var shell = await OpenAsync(session);

        await shell.SendAsync("CONNECT INTERCONNECT 1", [PressEnter], null, Token);
        await shell.SendAsync("", [Login], null, Token);
        await shell.SendAsync(lab.Administrator.User, [Password], null, Token);
        var manager = await shell.SendAsync(lab.Administrator.Password, [Arrow], null, Token);
        manager.Output.ShouldContain("Virtual Connect Management CLI v3.18");
        manager.Output.ShouldNotContain(lab.Administrator.Password);
        (await shell.SendAsync("show domain", [Arrow], null, Token)).Output.ShouldContain("vcd-enc1");
        (await shell.SendAsync("exit", [Prompt], null, Token)).Which.ShouldBe(0);
        lab.Log.Changes.ShouldBeEmpty();
    }

    [GeneratedRegex(@"Press \[Enter\] to display the switch console:$")]
    private static partial Regex PressEnter { get; }

    [GeneratedRegex("login: $")]
    private static partial Regex Login { get; }

    [GeneratedRegex("Password: $")]
    private static partial Regex Password { get; }

    [GeneratedRegex("->$")]
    private static partial Regex Arrow { get; }

    [Fact]
    public async Task Commands_on_standard_input_are_answered_in_a_row()
    {
        await using var lab = new EnclosureLab();
        using var input = new MemoryStream("SHOW DATE\nSHOW RACK NAME\nEXIT\n"u8.ToArray());
        using var output = new MemoryStream();
        await lab.Doors.OpenAsync(lab.Doors.Named("enc1")!, lab.Administrator.User, input, output, Token);
        var text = System.Text.Encoding.UTF8.GetString(output.ToArray());
        text.ShouldContain("Date: 2012-03-01T22:00Z");
        text.ShouldContain("Rack Name: Rack01");
    }

    /// <summary>Someone who types nothing.</summary>
    private sealed class PipedInput : IDisposable
    {
        private readonly System.IO.Pipelines.Pipe _pipe = new();

        public Stream Stream => _pipe.Reader.AsStream();

        public void Dispose() => _pipe.Writer.Complete();
    }

    private static Task<SshShell> OpenAsync(SshSession session) =>
        session.OpenShellAsync(new SshShellOptions { Prompt = Prompt, Settle = TimeSpan.FromMilliseconds(30) }, Token);
}
