using CsCheck;
using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Tests.Inventory;

public sealed class GlobPatternTests
{
    private static readonly Gen<string> Names = Gen.String[Gen.Char["abAB01.-_"], 1, 8];

    [Theory]
    [InlineData("esx*", "esx01.example.com", true)]
    [InlineData("ESX0?", "esx01", true)]
    [InlineData("esx0?", "esx0", false)]
    [InlineData("*.example.com", "esx01.example.com", true)]
    [InlineData("*.example.com", "esx01.example.org", false)]
    [InlineData("esx[01]", "esx0", false)]
    [InlineData("*", "a", true)]
    [InlineData("", "a", false)]
    public void Pattern_matches_whole_names_in_any_case(string pattern, string name, bool matches) => GlobPattern.Matches(pattern, name).ShouldBe(matches);

    [Fact]
    public void Wildcard_stands_for_any_part() => Gen.Select(Names, Names, Names).Sample((before, middle, after) =>
    {
        GlobPattern.IsPattern(before + after).ShouldBeFalse();
        GlobPattern.Matches(before + after, (before + after).ToUpperInvariant()).ShouldBeTrue();
        GlobPattern.Matches($"{before}*{after}", before + middle + after).ShouldBeTrue();
        GlobPattern.Matches($"{before}{new string('?', middle.Length)}{after}", before + middle + after).ShouldBeTrue();
        GlobPattern.Matches($"{before}?{after}", before + after).ShouldBeFalse();
    });
}
