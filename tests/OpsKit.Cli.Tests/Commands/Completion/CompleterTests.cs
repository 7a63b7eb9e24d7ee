using OpsKit.Cli.Commands.Completion;

namespace OpsKit.Cli.Tests.Commands.Completion;

public sealed class CompleterTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public CompleterTests() => _cli.Write("opskit.yaml", "vcenters: { vc1: {}, vc2: {} }\nhosts: { esx01: {} }\ngroups: { lab: [vc2] }");

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("opskit inv", "inventory")]
    [InlineData("opskit inventory ", "check show")]
    [InlineData("opskit inventory s", "show")]
    [InlineData("opskit --color never inventory s", "show")]
    [InlineData("opskit inventory show --lim", "--limit")]
    [InlineData("opskit inventory show --limit ", "vc1 vc2 esx01 lab")]
    [InlineData("opskit inventory show --limit v", "vc1 vc2")]
    [InlineData("opskit inventory show --limit=e", "--limit=esx01")]
    [InlineData("opskit trust add v", "vc1 vc2")]
    [InlineData("opskit trust add vc1 ", "")]
    [InlineData("opskit trust add --fingerprint x v", "vc1 vc2")]
    [InlineData("opskit inventory show --output j", "json")]
    [InlineData("opskit inventory show --color a", "always auto")]
    [InlineData("opskit inventory show --inventory ", ":files")]
    [InlineData("opskit inventory show --out=", ":files")]
    [InlineData("opskit help tr", "trust")]
    [InlineData("opskit completion z", "zsh")]
    [InlineData("opskit doctor --lo", "--login")]
    [InlineData("opskit 'inventory' \"sh", "show")]
    [InlineData("opskit __c", "")]
    public void Line_is_completed(string line, string candidates)
    {
        var run = _cli.RunWords(CompleteCommand.Name, line);

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        string.Join(' ', run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(reply => reply.Split('\t')[0])).ShouldBe(candidates);
    }

    [Fact]
    public void Names_come_from_the_inventory_on_the_line()
    {
        _cli.Write("other.yaml", "vcenters: { elsewhere: {} }");

        _cli.RunWords(CompleteCommand.Name, "opskit inventory show --inventory other.yaml --limit ").Out.ShouldBe("elsewhere\t\n");
    }

    [Fact]
    public void Broken_inventory_means_no_names_and_no_noise()
    {
        _cli.Write("opskit.yaml", "vcenters: [");

        _cli.RunWords(CompleteCommand.Name, "opskit inventory show --limit ").ShouldBe(new CliRun(0, "", ""));
    }

    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("a b ", "a|b|")]
    [InlineData("a 'b c' d", "a|b c|d")]
    [InlineData("a b\\ c", "a|b c")]
    [InlineData("a \"b 'c", "a|b 'c")]
    [InlineData("", "")]
    public void Words_are_split_as_a_shell_would(string line, string words) => string.Join('|', ShellWords.Split(line)).ShouldBe(words);
}
