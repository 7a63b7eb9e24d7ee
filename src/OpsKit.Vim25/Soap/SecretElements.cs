using System.Text;

namespace OpsKit.Vim25;

/// <summary>
/// Leaves out of XML what stands in elements named as secrets are: <c>password</c>, <c>newPassword</c>, <c>base64Token</c>. It goes by names alone and needs no
/// well-formed text, so that it works on a piece of a document, too.
/// </summary>
internal static class SecretElements
{
    internal const string Mark = "***";

    private static readonly string[] Within = ["password", "passwd", "passphrase", "secret", "privatekey", "sspichallenge", "cookie", "ticket", "sessionid"];

    /// <summary>The text without secrets.</summary>
    /// <param name="xml">XML, or a piece of it.</param>
    /// <param name="isEnd">Whether the piece may begin within an element: what comes before the end of a secret is left out.</param>
    internal static string Drop(string xml, bool isEnd)
    {
        var clear = new StringBuilder(xml.Length);
        var done = 0;
        for (var at = xml.IndexOf('<', StringComparison.Ordinal); at >= 0; at = xml.IndexOf('<', at + 1))
        {
            var tag = TagAt(xml, at);
            if (!IsSecret(tag.Name))
                continue;
            if (tag.IsEnd)
            {
                if (isEnd)
                    clear.Clear().Append(Mark);
                else
                    clear.Append(xml, done, at - done);
                done = at;
            }
            else if (!tag.IsEmpty)
            {
                clear.Append(xml, done, tag.After - done).Append(Mark);
                done = at = EndOf(xml, tag);
                if (done >= xml.Length)
                    break;
            }
        }

        return done == 0 && clear.Length == 0 ? xml : clear.Append(xml, done, xml.Length - done).ToString();
    }

    /// <summary>Where the end tag of an element begins; the text's end where there is none.</summary>
    private static int EndOf(string xml, Tag opening)
    {
        var depth = 1;
        for (var at = xml.IndexOf('<', opening.After); at >= 0; at = xml.IndexOf('<', at + 1))
        {
            var tag = TagAt(xml, at);
            if (!tag.Name.Equals(opening.Name, StringComparison.OrdinalIgnoreCase) || tag.IsEmpty)
                continue;
            depth += tag.IsEnd ? -1 : 1;
            if (depth == 0)
                return at;
        }

        return xml.Length;
    }

    private static Tag TagAt(string xml, int at)
    {
        var start = at + 1;
        var isEnd = start < xml.Length && xml[start] == '/';
        if (isEnd)
            start++;
        var end = start;
        while (end < xml.Length && xml[end] is not ('>' or '/' or '<' or ' ' or '\t' or '\r' or '\n'))
            end++;
        var name = xml.AsSpan(start, end - start);
        name = name[(name.IndexOf(':') + 1)..];
        var close = xml.IndexOf('>', end);
        return new Tag(name.ToString(), isEnd, close > 0 && xml[close - 1] == '/', close < 0 ? xml.Length : close + 1);
    }

    private static bool IsSecret(string name) =>
        Array.Exists(Within, part => name.Contains(part, StringComparison.OrdinalIgnoreCase))
        || (name.Length > "token".Length && name.EndsWith("token", StringComparison.OrdinalIgnoreCase));

    private sealed record Tag(string Name, bool IsEnd, bool IsEmpty, int After);
}
