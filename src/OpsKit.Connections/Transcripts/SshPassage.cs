using System.Globalization;
using System.Text;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Yaml;

namespace OpsKit.Connections.Transcripts;

/// <summary>Something done over SSH as a passage of text: a heading that begins with <c>##</c>, and what was said below it, every line behind a bar.</summary>
internal static class SshPassage
{
    /// <summary>The last passage of a file that has become too large.</summary>
    public static ReadOnlyMemory<byte> Full { get; } = "## this file has reached its limit; what follows is not in it\n"u8.ToArray();

    public static byte[] Of(SshConversation said, Redactor redactor, int kept)
    {
        var passage = new StringBuilder();
        passage.Append("## ").Append(said.Started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)).Append("  ").Append(Heading(said.Exchange)).Append('\n');
        Lines(passage, "$ ", said.Said, redactor, kept);
        Lines(passage, "| ", said.Output, redactor, kept);
        Lines(passage, "! ", said.Error, redactor, kept);
        Lines(passage, "= ", said.Detail, redactor, kept);
        Lines(passage, "x ", said.Exchange.Failure ?? "", redactor, kept);
        return Encoding.UTF8.GetBytes(passage.Append('\n').ToString());
    }

    private static string Heading(SshExchange exchange)
    {
        var what = exchange.Kind switch
        {
            SshExchangeKind.Connect => "connected",
            SshExchangeKind.Command => "command",
            SshExchangeKind.ShellStep => "typed into a shell",
            _ => "file sent",
        };
        var end = (exchange.Failure, exchange.ExitStatus) switch
        {
            (not null, _) => ", failed",
            (null, { } status) => string.Create(CultureInfo.InvariantCulture, $", exit status {status}"),
            _ => "",
        };
        var input = exchange is { Kind: SshExchangeKind.Command, BytesSent: > 0 } ? string.Create(CultureInfo.InvariantCulture, $", {exchange.BytesSent} bytes of input") : "";
        return $"{what}{end}, {Durations.Words(exchange.Duration)}{input}";
    }

    private static void Lines(StringBuilder passage, string bar, string text, Redactor redactor, int kept)
    {
        if (text.Length == 0)
            return;
        var (beginning, end, omitted) = TranscriptText.Cut(TranscriptText.OneKindOfLineEnd(text), kept);
        (beginning, end) = TranscriptText.Redact(redactor, beginning, end, omitted);
        Append(passage, bar, beginning);
        if (omitted == 0)
            return;
        passage.Append(CultureInfo.InvariantCulture, $"… {omitted} characters left out\n");
        Append(passage, bar, end);
    }

    private static void Append(StringBuilder passage, string bar, string text)
    {
        foreach (var line in TranscriptText.Shown(text).TrimEnd('\n').Split('\n'))
            passage.Append(bar).Append(line).Append('\n');
    }
}
