using System.CommandLine;
using OpsKit.Cli.Commands.Verbs;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Verbs;
using OpsKit.Modules;

namespace OpsKit.Cli.Tests.Commands.Verbs;

public sealed class VerbLineTests
{
    [Theory]
    [InlineData("--leave-out web01", "true", "web01")]
    [InlineData("web01 --leave-out", "true", "web01")]
    [InlineData("--leave-out true web01", "true", "web01")]
    [InlineData("--leave-out false web01", "false", "web01")]
    [InlineData("--leave-out=false web01", "false", "web01")]
    [InlineData("--leave-out web01 true", "true", "web01 true")]
    public void Switch_takes_no_target_for_its_value(string arguments, string value, string targets)
    {
        var (values, named) = Read("cbt.enable", arguments);

        values.ShouldBe([("leave-out", value)]);
        named.ShouldBe(targets.Split(' '));
    }

    [Theory]
    [InlineData("db01 --prove", "1m")]
    [InlineData("--prove --clear db01", "1m")]
    [InlineData("--prove 40s db01", "40s")]
    public void Option_alone_has_the_value_it_names_in_its_help(string arguments, string value)
    {
        var (values, named) = Read("disk.limit", arguments);

        values.ShouldContain(("prove", value));
        named.ShouldBe(["db01"]);
    }

    [Theory]
    [InlineData("cbt enable web01 --leave-out=maybe", "--leave-out is \"maybe\", expected true or false")]
    [InlineData("disk limit web01 --clear=no", "--clear is \"no\", expected true or false")]
    [InlineData("disk limit web01 --clear:", "--clear is \"\", expected true or false")]
    [InlineData("disk limit web01 --clear --plan=false", "--plan takes no value: leave =false out")]
    [InlineData("disk limit web01 --clear -y=true", "-y takes no value: leave =true out")]
    public async Task Switch_with_another_value_is_refused(string arguments, string why)
    {
        using var harness = new CliHarness();

        var run = await harness.RunAsync(arguments.Split(' '));

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain(why);
    }

    [Fact]
    public void Option_that_must_be_given_is_in_every_example()
    {
        foreach (var verb in ModuleVerbs.All.Where(verb => verb.Changes && verb.TargetKind != TargetKind.None))
        {
            var missing = verb.Options.Where(option => option is { Required: true, Positional: false } && new VerbLine(verb).Examples().Any(example => !example.CommandLine.Contains($"--{option.Name} ", StringComparison.Ordinal)));
            missing.Select(option => $"{verb.Name} {option.Name}").ShouldBeEmpty();
        }
    }

    private static (IReadOnlyList<(string Name, string Value)> Values, IReadOnlyList<string> Targets) Read(string name, string arguments)
    {
        var line = new VerbLine(ModuleVerbs.All.Single(verb => verb.Name == name));
        var command = new RootCommand();
        line.AddTo(command);
        var parsed = command.Parse(arguments);

        parsed.Errors.ShouldBeEmpty();
        return ([.. line.Values(parsed).Select(pair => (pair.Spec.Name, pair.Value))], line.Named(parsed));
    }
}
