using System.Text.Json;
using OpsKit.Cli.Commands;
using OpsKit.Cli.Commands.Help;
using OpsKit.Connections;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests;

/// <summary>What holds for every command, also for those that come later.</summary>
public sealed class CommandTreeTests
{
    public static TheoryData<string> Everything => [.. All(CommandTree.Create()).Select(command => command.Path)];

    public static TheoryData<string> Verbs => [.. All(CommandTree.Create()).Where(command => command.Handler is not null).Select(command => command.Path)];

    [Theory]
    [MemberData(nameof(Everything))]
    public void Help_is_pinned_and_fits_80_columns(string path)
    {
        using var harness = new CliHarness();
        var run = harness.Run($"{path} --help");

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        run.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        Golden.ShouldMatch(run.Out, $"help/{(path.Length == 0 ? "opskit" : path.Replace(' ', '-'))}.txt");
        harness.Run($"help {path}").Out.ShouldEndWith(run.Out);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Verb_has_examples_that_parse_and_exit_codes(string path)
    {
        var root = CommandTree.Create();
        var command = All(root).Single(command => command.Path == path);

        command.Description.ShouldNotBeNullOrWhiteSpace();
        command.Description!.Length.ShouldBeLessThanOrEqualTo(75);
        command.Examples.ShouldNotBeEmpty();
        command.ExitCodes.ShouldContain(ExitCodes.Done);
        foreach (var example in command.Examples.Where(example => example.CommandLine.StartsWith("opskit ", StringComparison.Ordinal)))
        {
            var words = OpsKit.Cli.Commands.Completion.ShellWords.Split(example.CommandLine.Split(" | ")[0].Split(" > ")[0]);
            var parsed = root.Parse([.. words.Skip(1)]);
            Should.NotThrow(() => CommandLineErrors.Throw(parsed, []), example.CommandLine);
            ((OpsCommand)parsed.CommandResult.Command).Path.ShouldBe(path, example.CommandLine);
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Mistyped_option_leaves_stdout_to_data_and_names_the_next_command(string path)
    {
        using var harness = new CliHarness();

        var run = harness.Run($"{path} --colour never");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldBe("error: there is no option --colour here\nnext:  did you mean --color?\n");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Failure_with_json_output_is_parseable_on_stdout(string path)
    {
        using var harness = new CliHarness();

        var run = harness.Run($"{path} --nonsense --output json");

        using var document = JsonDocument.Parse(run.Out);
        var error = document.RootElement.GetProperty("error");
        error.GetProperty("exitCode").GetInt32().ShouldBe(run.ExitCode);
        error.GetProperty("kind").GetString().ShouldBe("Usage");
        run.Error.ShouldStartWith("error: ");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Command_without_an_inventory_says_what_to_do_and_writes_no_data(string path)
    {
        using var harness = new CliHarness();
        var command = All(CommandTree.Create()).Single(command => command.Path == path);
        if (!command.UsesEndpoints)
            return;

        var run = harness.Run(path);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        if (path == "doctor")
        {
            // To the doctor a missing inventory is a finding like any other.
            run.Out.ShouldContain("no inventory");
            return;
        }

        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(path.StartsWith("trust", StringComparison.Ordinal) ? "needs the name of an endpoint" : path == "disk limit" || command.Arguments.Any(argument => argument.Arity.MinimumNumberOfValues > 0) ? $"opskit {path} needs " : "no inventory");
        run.Error.ShouldContain("\nnext:  ");
    }

    [Fact]
    public void Exit_codes_named_by_commands_are_the_documented_ones()
    {
        var documented = ExitCodes.All.Select(code => code.Code).ToList();

        All(CommandTree.Create()).SelectMany(command => command.ExitCodes).ShouldAllBe(code => documented.Contains(code));
        Enum.GetValues<FailureKind>().Select(ExitCodes.Of).ShouldAllBe(code => documented.Contains(code));
    }

    [Theory]
    [InlineData("options")]
    [InlineData("exit-codes")]
    [InlineData("environment")]
    [InlineData("inventory")]
    [InlineData("secrets")]
    [InlineData("trust")]
    public void Topic_is_pinned_and_fits_80_columns(string topic)
    {
        using var harness = new CliHarness();

        HelpTopics.All.Select(known => known.Name).ShouldContain(topic);
        harness.Run($"help {topic}").Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        Golden.ShouldMatch(harness.Run($"help {topic}").Out, $"help/topic-{topic}.txt");
    }

    private static IEnumerable<OpsCommand> All(OpsCommand command) =>
        command.Subcommands.OfType<OpsCommand>().Where(sub => !sub.Hidden).SelectMany(All).Prepend(command);
}
