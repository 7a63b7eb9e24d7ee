using System.CommandLine;
using OpsKit.Connections;

namespace OpsKit.Cli.Commands.Plans;

/// <summary>What commands on playbooks have in common on the command line.</summary>
internal static class PlaybookOptions
{
    public static Option<string[]> Var() => new("--var")
    {
        HelpName = "NAME=VALUE",
        Description = "Value of a variable of the playbook; repeatable",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The variables given.</summary>
    /// <exception cref="OpsKitException">One is not NAME=VALUE, or given twice.</exception>
    public static IReadOnlyDictionary<string, string> Vars(ParseResult parsed, Option<string[]> option)
    {
        var vars = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(option) ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new OpsKitException(FailureKind.Usage, $"--var {text} is no NAME=VALUE");
            if (!vars.TryAdd(text[..equals], text[(equals + 1)..]))
                throw new OpsKitException(FailureKind.Usage, $"--var {text[..equals]} is given twice");
        }

        return vars;
    }
}
