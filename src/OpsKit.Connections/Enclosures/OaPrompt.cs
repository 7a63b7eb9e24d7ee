using System.Text.RegularExpressions;

namespace OpsKit.Connections.Enclosures;

/// <summary>Prompts and questions of an Onboard Administrator's command line.</summary>
internal static partial class OaPrompt
{
    /// <summary>A prompt at the end of what was received: the Onboard Administrator's name, in script mode followed by the words that say so.</summary>
    [GeneratedRegex(@"^(?<name>[^\s>]{1,64})(?<script> \[SCRIPT MODE\])?> ?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex AtTheEnd { get; }

    /// <summary>A prompt with what was typed behind it, as the output of an exec channel holds it.</summary>
    [GeneratedRegex(@"^(?<name>[^\s>]{1,64})( \[SCRIPT MODE\])?> ?(?<typed>.*)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex WithEcho { get; }

    /// <summary>A stop within long output, in sessions that are not in script mode.</summary>
    [GeneratedRegex(@"(any key|--\s?More\s?--|<more>).*\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex Page { get; }

    /// <summary>A question that wants the word <c>YES</c>.</summary>
    [GeneratedRegex(@"Are you sure .*\? ?\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex Question { get; }

    /// <summary>The prompt of one Onboard Administrator, once its name is known: nothing in its output is taken for it.</summary>
    internal static Regex Of(string name) => new(
        $@"^{Regex.Escape(name)}( \[SCRIPT MODE\])?> ?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
