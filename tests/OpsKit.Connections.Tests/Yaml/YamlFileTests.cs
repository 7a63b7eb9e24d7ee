using CsCheck;
using OpsKit.Connections.Yaml;

namespace OpsKit.Connections.Tests.Yaml;

public sealed class YamlFileTests
{
    [Fact]
    public void Alias_bomb_is_refused_before_it_is_built()
    {
        var lines = new List<string> { "a0: &a0 [x, x, x, x, x, x, x, x, x, x]" };
        for (var i = 1; i < 12; i++)
            lines.Add($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 8))}]");

        Refused(string.Join('\n', lines)).ShouldContain("aliases");
    }

    [Fact]
    public void Deep_nesting_is_refused() => Refused("a: " + new string('[', 5000)).ShouldContain("nested deeper than 32");

    [Fact]
    public void Large_file_is_refused_unread()
    {
        using var host = new TestHost();
        var file = host.Write("big.yaml", new string('#', YamlFile.LargestFile + 1));

        Should.Throw<OpsKitException>(() => YamlFile.Open(file, "big.yaml", new YamlErrors())).Message.ShouldContain("the limit is");
    }

    [Theory]
    [InlineData("a: *nothing")]
    [InlineData("a: [1, 2")]
    [InlineData("a: \"open")]
    [InlineData("a: b: c")]
    [InlineData("%YAML 9.9\n---\na: 1")]
    [InlineData("")]
    [InlineData("# only a comment")]
    public void What_is_no_yaml_is_refused_with_its_place(string text) => Refused(text).ShouldMatch(@"^test\.yaml:\d+:\d+: .+");

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String.Sample(text =>
    {
        try
        {
            YamlFile.Parse(text, "test.yaml", new YamlErrors()).Keys.ShouldNotBeNull();
        }
        catch (OpsKitException e)
        {
            e.Kind.ShouldBe(FailureKind.Usage);
        }
    });

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("1.5s", 1500)]
    [InlineData("5m", 300_000)]
    [InlineData("2 h", 7_200_000)]
    public void Time_with_a_unit_is_read(string text, double milliseconds)
    {
        Durations.TryParse(text, out var value).ShouldBeTrue();
        value.TotalMilliseconds.ShouldBe(milliseconds);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("-1s")]
    [InlineData("s")]
    [InlineData("1 year")]
    [InlineData("1e9s")]
    [InlineData("99999999999999999999d")]
    public void Anything_else_is_no_time(string text) => Durations.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Formatted_time_reads_back() => Gen.Int[1, 100_000_000].Sample(milliseconds =>
    {
        Durations.TryParse(Durations.Format(TimeSpan.FromMilliseconds(milliseconds)), out var value).ShouldBeTrue();
        value.TotalMilliseconds.ShouldBe(milliseconds);
    });

    private static string Refused(string text) => Should.Throw<OpsKitException>(() => YamlFile.Parse(text, "test.yaml", new YamlErrors())).Message;
}
