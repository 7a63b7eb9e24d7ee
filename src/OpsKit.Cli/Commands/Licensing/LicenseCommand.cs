using System.CommandLine;
using OpsKit.Connections;

namespace OpsKit.Cli.Commands.Licensing;

/// <summary><c>opskit license …</c>: reports on licences. All of them read only.</summary>
internal static class LicenseCommand
{
    private static readonly int[] Codes =
        [Cli.ExitCodes.Done, Cli.ExitCodes.Failed, Cli.ExitCodes.Usage, Cli.ExitCodes.Refused, Cli.ExitCodes.Unreachable];

    public static OpsCommand Create() => new("license", "Licence keys, vRAM pools and core counts")
    {
        Group = CommandGroup.Reports,
        Subcommands = { LicenseListCommand.Create(), LicenseVramCommand.Create(), LicenseCoresCommand.Create() },
    };

    /// <summary>The exit codes of the verbs.</summary>
    internal static IReadOnlyList<int> ExitCodes => Codes;

    internal static Option<string?> Tables() => new("--tables")
    {
        HelpName = "FILE",
        Description = "Licence tables to count by (default licensing.yaml in the configuration folder, else the built-in ones)",
    };

    internal static Option<bool> ShowKeys() => new("--show-keys")
    {
        Description = "Show licence keys in full instead of their last group",
        Arity = ArgumentArity.Zero,
    };

    internal static Option<string?> By(params string[] choices)
    {
        var option = new Option<string?>("--by") { HelpName = "WHAT", Description = $"Rows: {string.Join(", ", choices)} (default {choices[0]})" };
        option.CompletionSources.Add(choices);
        return option;
    }

    /// <summary>The value of a choice of rows.</summary>
    /// <exception cref="OpsKitException">It is none of them.</exception>
    internal static T Choice<T>(ParseResult parsed, Option<string?> by, params (string Text, T Value)[] choices)
    {
        var text = parsed.GetValue(by) ?? choices[0].Text;
        foreach (var (known, value) in choices)
        {
            if (known == text)
                return value;
        }

        throw new OpsKitException(FailureKind.Usage, $"--by {text} is no choice of rows", next: $"use one of: {string.Join(", ", choices.Select(choice => choice.Text))}");
    }
}
