using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.Connections;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>An object in a dump of <c>vim-cmd</c>: names with values.</summary>
internal sealed class VmodlObject(IReadOnlyDictionary<string, object?> members)
{
    public string? Text(string name) => members.GetValueOrDefault(name) as string;

    public long? Integer(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    public VmodlObject? Object(string name) => members.GetValueOrDefault(name) as VmodlObject;

    public IEnumerable<VmodlObject> Objects(string name) => (members.GetValueOrDefault(name) as IReadOnlyList<object?> ?? []).OfType<VmodlObject>();
}

/// <summary>
/// Reads what <c>vim-cmd</c> prints of objects: <c>(type) { name = value, }</c>, lists in brackets, <c>&lt;unset&gt;</c> or <c>null</c>. Versions differ in
/// commas and in what they leave out. A text may span lines: it ends where a quote ends
/// a line and the next one goes on as a dump does.
/// </summary>
internal sealed partial class VmodlDump
{
    private const int Deepest = 64;
    private readonly string _text;
    private int _at;

    private VmodlDump(string text) => _text = text.ReplaceLineEndings("\n");

    /// <summary>A <see cref="VmodlObject"/>, a list, a text, or null.</summary>
    /// <exception cref="OpsKitException">It is cut off, or no such dump.</exception>
    public static object? Read(string text)
    {
        var dump = new VmodlDump(text);
        var value = dump.Value(0);
        dump.Blanks();
        return dump._at == dump._text.Length ? value : throw Odd("something follows its end");
    }

    private object? Value(int depth)
    {
        if (depth > Deepest)
            throw Odd("it is nested too deeply");
        Blanks();
        if (Peek() == '(')
        {
            var end = _text.IndexOf(')', _at);
            if (end < 0)
                throw Odd("a type has no end");
            _at = end + 1;
            Blanks();
        }

        return Peek() switch
        {
            '{' => Members(depth),
            '[' => Items(depth),
            '"' => Quoted(),
            _ => Word(),
        };
    }

    private VmodlObject Members(int depth)
    {
        _at++;
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (true)
        {
            Blanks();
            if (Take('}'))
                return new VmodlObject(members);
            var sign = _text.IndexOf('=', _at);
            if (sign < 0)
                throw Odd("an object has no end");
            var name = _text[_at..sign].Trim();
            _at = sign + 1;
            members[name] = Value(depth + 1);
        }
    }

    private List<object?> Items(int depth)
    {
        _at++;
        var items = new List<object?>();
        while (true)
        {
            Blanks();
            if (Take(']'))
                return items;
            if (_at == _text.Length)
                throw Odd("a list has no end");
            items.Add(Value(depth + 1));
        }
    }

    private string Quoted()
    {
        var start = ++_at;
        while (true)
        {
            var quote = _text.IndexOf('"', _at);
            if (quote < 0)
                throw Odd("a text has no end");
            _at = quote + 1;
            var rest = _at < _text.Length && _text[_at] == ',' ? _at + 1 : _at;
            while (rest < _text.Length && _text[rest] == ' ')
                rest++;
            if (rest == _text.Length || (_text[rest] == '\n' && GoesOn().IsMatch(_text.AsSpan(rest + 1))))
                return _text[start..quote];
        }
    }

    private string? Word()
    {
        var end = _text.AsSpan(_at).IndexOfAny(",\n}]");
        if (end <= 0)
            throw Odd("a value is missing");
        var word = _text.Substring(_at, end).Trim();
        _at += end;
        return word is "<unset>" or "null" ? null : word;
    }

    private void Blanks()
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == ','))
            _at++;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw Odd("it is cut off");

    private bool Take(char sign)
    {
        if (_at == _text.Length || _text[_at] != sign)
            return false;
        _at++;
        return true;
    }

    /// <summary>A member, the end of an object or list, the next text of a list, or the end.</summary>
    [GeneratedRegex(@"\A\s*([A-Za-z_][A-Za-z0-9_]* = |[}\]]|""|\z)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GoesOn();

    private static OpsKitException Odd(string why) => new(FailureKind.Failed, $"the output of vim-cmd cannot be read: {why}");
}
