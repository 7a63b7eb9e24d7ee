namespace OpsKit.Connections.Tests;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("esx01.lab.example", "esx01.lab.example")]
    [InlineData("größer → ✓ 漢字", "größer → ✓ 漢字")]
    [InlineData("a\u001b[2Jb", "a\\x1b[2Jb")]
    [InlineData("a\r\nb\tc", "a\\r\\nb\\tc")]
    [InlineData("a\u202eb\u200b", "a\\u202eb\\u200b")]
    [InlineData("a\u2028b", "a\\u2028b")]
    [InlineData("a\udb40\udc41b", "a\\U000e0041b")]
    public void Line_shows_what_would_move_colour_reorder_or_hide(string text, string shown) => SafeText.Line(text).ShouldBe(shown);

    [Fact]
    public void Lines_keep_line_feeds_and_nothing_else() => SafeText.Lines("a\r\nb\nc\rd\u001b").ShouldBe("a\nb\nc\\rd\\x1b");

    [Fact]
    public void Half_a_character_is_shown_as_one_that_cannot_be_read() => SafeText.Line("a\ud800b").ShouldBe("a\ufffdb");
}
