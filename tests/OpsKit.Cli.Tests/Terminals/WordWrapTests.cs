using CsCheck;
using OpsKit.Cli.Terminals;

namespace OpsKit.Cli.Tests.Terminals;

public class WordWrapTests
{
    [Fact]
    public void Commands_are_not_broken() =>
        WordWrap.Hanging("opskit inventory show lists the names; opskit trust add --server vc9 needs none", width: 60, indent: 7).ShouldBe(
            "opskit inventory show lists the names;\n       opskit trust add --server vc9 needs none");

    [Fact]
    public void Word_that_fits_on_no_line_stays_behind_its_label()
    {
        var digest = new string('A', 95);

        WordWrap.Hanging($"untrusted\n  SHA-256   {digest}", width: 60, indent: 7).ShouldBe($"untrusted\n         SHA-256   {digest}");
    }

    [Fact]
    public void East_asian_characters_take_two_columns() => WordWrap.Lines("東京 東京 東京", width: 9).ShouldBe(["東京 東京", "東京"]);

    [Fact]
    public void Breaking_loses_nothing_and_keeps_to_the_width() =>
        Gen.Select(Gen.String[Gen.Char["ab o;,"], 0, 200], Gen.Int[20, 60]).Sample((text, width) =>
        {
            var lines = WordWrap.Lines(text, width);

            string.Join(' ', lines).ShouldBe(text);
            lines.ShouldAllBe(line => line.Length <= width || line.Split(' ').Any(word => word.Length > width));
        });

    [Fact]
    public void Text_for_a_pipe_is_not_broken()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 5000));

        WordWrap.Hanging(text, int.MaxValue, indent: 7).ShouldBe(text);
    }
}
