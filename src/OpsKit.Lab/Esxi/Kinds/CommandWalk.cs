using System.Globalization;
using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Esxcli;

namespace OpsKit.Lab.Esxi.Kinds;

/// <summary>Goes through the commands of a script.</summary>
/// <param name="version">The host's version.</param>
/// <param name="arguments">The positional parameters, as far as they are known.</param>
/// <param name="depth">How deep in scripts within scripts this one is.</param>
internal sealed class CommandWalk(string version, IReadOnlyList<string?> arguments, int depth)
{
    private readonly HashSet<string> _functions = new(StringComparer.Ordinal);

    public bool Changes(Command? command) => command switch
    {
        null => false,
        SimpleCommand simple => Changes(simple),
        PipelineCommand pipeline => pipeline.Parts.Any(Changes),
        AndOrCommand andOr => Changes(andOr.First) || andOr.Rest.Any(next => Changes(next.Next)),
        ListCommand list => list.Items.Any(item => Changes(item.Command)),
        GroupCommand group => Changes(group.Body),
        SubshellCommand subshell => Changes(subshell.Body),
        IfCommand choice => choice.Branches.Any(branch => Changes(branch.Condition) || Changes(branch.Body)) || Changes(choice.Else),
        LoopCommand loop => Changes(loop.Condition) || Changes(loop.Body),
        ForCommand loop => (loop.Words ?? []).Any(Changes) || Changes(loop.Body),
        CaseCommand choice => Changes(choice.Subject) || choice.Items.Any(item => Changes(item.Body)),
        FunctionCommand function => Defines(function),
        RedirectedCommand redirected => redirected.Redirections.Any(Changes) || Changes(redirected.Body),
        _ => true,
    };

    public bool Changes(IReadOnlyList<string?> words)
    {
        if (words.Count == 0)
            return false;
        if (words[0] is not { } name)
            return true;
        if (_functions.Contains(name))
            return false;
        var plain = name.StartsWith("/bin/", StringComparison.Ordinal) || name.StartsWith("/sbin/", StringComparison.Ordinal) || name.StartsWith("/usr/", StringComparison.Ordinal) ? name[(name.LastIndexOf('/') + 1)..] : name;
        var rest = words.Skip(1).ToList();
        if (CommandTable.Runs(plain))
            return ChangesRun(plain, rest);
        return plain is "esxcli" or "localcli"
            ? rest.Contains(null) || EsxcliProgram.IsChange([.. rest.OfType<string>().Select(ByteText.Decode)], version)
            : CommandTable.Changes(plain, rest);
    }

    /// <summary>What a function does counts where it is defined.</summary>
    private bool Defines(FunctionCommand function)
    {
        _functions.Add(function.Name);
        return Changes(function.Body);
    }

    private bool Changes(SimpleCommand command) =>
        command.Assignments.Any(assignment => Changes(assignment.Value)) || command.Words.Any(Changes) || command.Redirections.Any(Changes) || Changes([.. command.Words.SelectMany(Known)]);

    private bool Changes(Word word) => word.Parts.Any(part => part switch
    {
        CommandPart substitution => Changes(substitution.Body),
        ParameterPart parameter => (parameter.Argument is { } argument && Changes(argument)) || (parameter.Second is { } second && Changes(second)),
        ArithmeticPart arithmetic => Changes(arithmetic.Expression),
        _ => false,
    });

    private bool Changes(Redirection redirection) => redirection.Kind switch
    {
        RedirectionKind.Write or RedirectionKind.Clobber or RedirectionKind.Append or RedirectionKind.ReadWrite => Known(redirection.Target) is not ["/dev/null" or "/dev/zero"],
        _ => Changes(redirection.Target),
    };

    /// <summary>A word's text, where it can be known without running anything.</summary>
    private IReadOnlyList<string?> Known(Word word)
    {
        if (word.Fixed is { } text)
            return [text];
        if (word.Parts.Where(part => part is not TextPart { Text.Length: 0 }).ToList() is not [ParameterPart { Operation: ParameterOperation.Value } parameter])
            return [null];
        if (parameter.Name == "@")
            return arguments.Count > 0 ? arguments : [null];
        return [int.TryParse(parameter.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= arguments.Count ? arguments[number - 1] : null];
    }

    /// <summary>Commands whose arguments are commands.</summary>
    private bool ChangesRun(string name, List<string?> rest)
    {
        switch (name)
        {
            case "command" when rest is ["-v" or "-V", ..]:
                return false;
            case "eval":
                return rest.Contains(null) || CommandKind.Changes(string.Join(' ', rest), version, arguments, depth + 1);
            case "sh" or "ash":
                var at = rest.FindIndex(word => word is ['-', .., 'c']);
                if (at < 0 || at + 1 >= rest.Count || rest[at + 1] is not { } script)
                    return rest.Count > 0;
                return CommandKind.Changes(script, version, [.. rest.Skip(at + 3)], depth + 1);
            case "env":
                rest = [.. rest.SkipWhile(word => word is null || word.StartsWith('-') || word.Contains('=', StringComparison.Ordinal))];
                break;
            case "timeout":
                rest = [.. rest.SkipWhile(word => word is ['-', ..]).Skip(1)];
                break;
            case "xargs":
                rest = [.. rest.SkipWhile(word => word is ['-', ..] or "{}" || (word is not null && word.All(char.IsAsciiDigit)))];
                if (rest.Count == 0)
                    return false;
                break;
            default:
                rest = [.. rest.SkipWhile(word => word is ['-', ..])];
                break;
        }

        return rest.Count > 0 && Changes(rest);
    }
}
