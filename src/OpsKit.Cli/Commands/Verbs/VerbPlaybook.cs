using System.Globalization;
using System.Text;
using OpsKit.Cli.Commands.Plans;
using OpsKit.Connections;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Verbs;
using OpsKit.Modules;

namespace OpsKit.Cli.Commands.Verbs;

/// <summary>The playbook of one step that a verb on the command line stands for.</summary>
internal static class VerbPlaybook
{
    /// <exception cref="OpsKitException">Kind Usage: an option's value is wrong. It is told without a place: where it stands in a playbook nobody wrote tells nobody anything.</exception>
    public static PlaybookSource Read(IVerb verb, IReadOnlyList<string> targets, string? batch, IReadOnlyList<(OptionSpec Spec, string Value)> options, IReadOnlyList<string> limit)
    {
        var text = TextOf(verb, targets, batch, options);
        return new PlaybookSource { Playbook = PlaybookReader.Parse(text, PlaybookSource.CommandLine, null, ModuleVerbs.All), Text = text, Limit = limit };
    }

    /// <summary>Runs what may find a mistake of the command line.</summary>
    public static async Task<int> WithoutPlacesAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OpsKitException failure) when (failure.Kind == FailureKind.Usage && failure.What.Contains(PlaybookSource.CommandLine + ":", StringComparison.Ordinal))
        {
            throw new OpsKitException(failure.Kind, WithoutPlaces(failure.What), failure.Target, failure.Next, failure);
        }
    }

    private static string WithoutPlaces(string text) => string.Join('\n', text.Split('\n').Select(line =>
        line.StartsWith(PlaybookSource.CommandLine + ":", StringComparison.Ordinal) ? line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..] : line));

    private static string TextOf(IVerb verb, IReadOnlyList<string> targets, string? batch, IReadOnlyList<(OptionSpec Spec, string Value)> options)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"name: {verb.Name}\nsteps:\n  - uses: {verb.Name}\n");
        if (verb.TargetKind != TargetKind.None)
            text.Append(CultureInfo.InvariantCulture, $"    targets: [{string.Join(", ", targets.Select(Quoted))}]\n");
        if (batch is not null)
            text.Append(CultureInfo.InvariantCulture, $"    batch: [{string.Join(", ", batch.Split(',', StringSplitOptions.TrimEntries).Select(Quoted))}]\n");
        if (options.Count > 0)
            text.Append("    with:\n");
        foreach (var (spec, value) in options)
            text.Append(CultureInfo.InvariantCulture, $"      {spec.Name}: {ValueOf(spec, value)}\n");
        return text.ToString();
    }

    private static string ValueOf(OptionSpec spec, string value) => spec.Kind switch
    {
        OptionKind.Texts => $"[{string.Join(", ", value.Split(',', StringSplitOptions.TrimEntries).Select(Quoted))}]",
        OptionKind.Boolean or OptionKind.Integer => value.All(char.IsAsciiLetterOrDigit) && value.Length > 0 ? value : Quoted(value),
        _ => Quoted(value),
    };

    /// <summary>A double-quoted YAML scalar; what would be a variable stays text.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (char.IsControl(letter))
                quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}");
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }
}
