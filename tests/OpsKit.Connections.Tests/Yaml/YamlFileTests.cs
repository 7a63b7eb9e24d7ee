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
    [InlineData("a: !<]> b")]
    [InlineData(" : b")]
    [InlineData("-\n{\na")]
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

    /// <summary>The characters YAML is made of, so that most texts get far into the parser: anchors in themselves, keys that are lists, tags.</summary>
    [Fact]
    public void Any_text_of_yamls_own_characters_is_read_or_refused() => Gen.String[Gen.Char["ab&*[]{}?:-|>!%#,\"'\n \t<~1"], 0, 40].Sample(
        text =>
        {
            try
            {
                var errors = new YamlErrors();
                var map = YamlFile.Parse(text, "test.yaml", errors);
                map.Texts("a").ShouldNotBeNull();
                map.Maps("b").ShouldNotBeNull();
                foreach (var entry in map.Entries())
                    entry.Finish();
                map.Finish();
                errors.ThrowIfAny();
            }
            catch (OpsKitException e)
            {
                e.Kind.ShouldBe(FailureKind.Usage);
                e.Message.ShouldMatch(@"^test\.yaml:\d+:\d+: .");
            }
        },
        iter: 20_000);

    [Theory]
    [InlineData("a: &x [*x]")]
    [InlineData("a: &x { b: *x }")]
    [InlineData("? &x [*x]\n: 1")]
    [InlineData("? &x { a: *x }\n: 1")]
    [InlineData("&x a: &y { *x : *y }")]
    public void Anchor_that_holds_itself_is_refused(string text)
    {
        var errors = new YamlErrors();
        var refused = Should.Throw<OpsKitException>(() =>
        {
            var map = YamlFile.Parse(text, "test.yaml", errors);
            map.Finish();
            errors.ThrowIfAny();
        });

        refused.Message.ShouldStartWith("test.yaml:1:");
    }

    [Fact]
    public void Alias_stands_for_what_its_anchor_holds()
    {
        var errors = new YamlErrors();
        var map = YamlFile.Parse("a: &names [x, y]\nb: *names\nc: &time 30s\nd: *time", "test.yaml", errors);

        map.Texts("b").ShouldBe(["x", "y"]);
        map.Duration("d", TimeSpan.Zero, TimeSpan.MaxValue).ShouldBe(TimeSpan.FromSeconds(30));
        errors.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("31", 32, null)]
    [InlineData("32", 33, "nested deeper than 32")]
    public void Nesting_is_allowed_up_to_the_limit(string lists, int depth, string? refusal)
    {
        var count = int.Parse(lists, System.Globalization.CultureInfo.InvariantCulture);
        var text = $"a: {new string('[', count)}{new string(']', count)}";

        if (refusal is null)
            YamlFile.Parse(text, "test.yaml", new YamlErrors()).Has("a").ShouldBeTrue($"{depth} levels");
        else
            Refused(text).ShouldContain(refusal);
    }

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
