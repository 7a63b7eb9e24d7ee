using System.Text.RegularExpressions;
using CsCheck;
using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Tests.Ssh;

public sealed partial class TerminalTextTests
{
    [Theory]
    [InlineData("a\r\nb\r\r\nc", "a\nb\nc")]
    [InlineData("\u001b[1;31mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\aprompt> ", "prompt> ")]
    [InlineData("\u001b]0;title\u001b\\prompt> ", "prompt> ")]
    [InlineData("\u001b(Bx\u001b=y", "xy")]
    [InlineData("wrong\b\b\b\b\bright", "right")]
    [InlineData("first\nab\b\b\b\bx", "first\nx")]
    [InlineData("--More--\r        \rrow", "row")]
    [InlineData("bell\a nul\0 tab\t", "bell nul tab\t")]
    [InlineData("half\u001b[3", "half")]
    public void Terminal_output_is_read_as_plain_text(string text, string plain) => TerminalText.Plain(text).ShouldBe(plain);

    [Fact]
    public void Nothing_that_moves_a_cursor_is_left_of_any_text() =>
        Gen.String[Gen.Char['\u0000', '\u0090'], 0, 60].Sample(text =>
            TerminalText.Plain(text).ShouldNotContain(character => char.IsControl(character) && character != '\n' && character != '\t'));

    [Theory]
    [InlineData("banner\noa01> ", null, "banner\n")]
    [InlineData("show x\nresult\noa01> ", "show x", "result\n")]
    [InlineData("oa01> show x\nresult\noa01> ", "show x", "result\n")]
    [InlineData("show x\noa01> ", "show x", "")]
    [InlineData("no echo\noa01> ", "show x", "no echo\n")]
    [InlineData("show x\noa01 [SCRIPT MODE]> ", "show x", "")]
    public void Answer_ends_before_the_prompt_and_begins_behind_the_echo(string received, string? sent, string output) =>
        ShellMatch.Find(received, [Prompt()], sent).ShouldNotBeNull().Output.ShouldBe(output);

    [Theory]
    [InlineData("")]
    [InlineData("oa01")]
    [InlineData("oa01> \nmore")]
    [InlineData("oa01> show x")]
    public void What_is_no_prompt_at_the_end_is_none(string received) => ShellMatch.Find(received, [Prompt()], "show x").ShouldBeNull();

    [Fact]
    public void First_expression_that_fits_is_told()
    {
        var step = ShellMatch.Find("reset 1\nAre you sure? ", [Prompt(), Sure()], "reset 1").ShouldNotBeNull();

        (step.Which, step.Matched, step.Output).ShouldBe((1, "Are you sure?", ""));
    }

    [GeneratedRegex(@"^oa01( \[SCRIPT MODE\])?> \z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prompt();

    [GeneratedRegex(@"Are you sure\?", RegexOptions.None, 1000)]
    private static partial Regex Sure();
}
