using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>Which lines a command of sed is for: a number, the last one (0) or a pattern.</summary>
internal sealed record SedAddress(long? Line, Regex? Pattern)
{
    public const long Last = 0;
}

/// <summary>A command of sed.</summary>
internal sealed record SedCommand(char Name, SedAddress? From, SedAddress? To, bool Negated)
{
    /// <summary>Of <c>s</c>.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>The replacement of <c>s</c>, the text of <c>a</c>, <c>i</c> and <c>c</c>, the sets of <c>y</c>.</summary>
    public string Text { get; init; } = "";

    public bool All { get; init; }

    public bool Print { get; init; }

    public int Occurrence { get; init; } = 1;

    /// <summary>The exit status of <c>q</c>.</summary>
    public int Status { get; init; }
}

/// <summary>Reads scripts of sed: <c>s y p d q = a i c n</c> with addresses.</summary>
internal sealed class SedScript
{
    private readonly string _text;
    private readonly bool _extended;
    private int _at;

    private SedScript(string text, bool extended) => (_text, _extended) = (text, extended);

    /// <exception cref="AppletUsageException">It is none.</exception>
    public static IReadOnlyList<SedCommand> Parse(string text, bool extended)
    {
        var script = new SedScript(text, extended);
        var commands = new List<SedCommand>();
        while (script.Next() is { } command)
            commands.Add(command);
        return commands;
    }

    private SedCommand? Next()
    {
        Skip(" \t\n;");
        if (_at == _text.Length)
            return null;
        var from = Address();
        SedAddress? to = null;
        if (from is not null && Take(','))
            to = Address() ?? throw Wrong("unexpected `,'");
        Skip(" \t");
        var negated = Take('!');
        Skip(" \t");
        if (_at == _text.Length)
            throw Wrong("missing command");
        var command = new SedCommand(_text[_at++], from, to, negated);
        switch (command.Name)
        {
            case 's':
                return Substitution(command);
            case 'y':
                var separator = _text.Length > _at ? _text[_at++] : throw Wrong("unterminated `y' command");
                var set = Delimited(separator);
                var other = Delimited(separator);
                return set.Length == other.Length ? command with { Text = set + other } : throw Wrong("`y' command strings have different lengths");
            case 'a' or 'i' or 'c':
                Skip(" \t");
                if (Take('\\'))
                    Skip("\n");
                return command with { Text = RestOfLine() };
            case 'q':
                Skip(" ");
                var digits = Digits();
                return command with { Status = digits.Length > 0 ? int.Parse(digits, CultureInfo.InvariantCulture) & 0xff : 0 };
            case 'p' or 'd' or '=' or 'n':
                return command;
            default:
                throw Wrong($"unsupported command {command.Name}");
        }
    }

    private SedCommand Substitution(SedCommand command)
    {
        if (_at == _text.Length)
            throw Wrong("unmatched '/'");
        var separator = _text[_at++];
        var pattern = Delimited(separator);
        command = command with { Text = Delimited(separator) };
        var ignoreCase = false;
        for (; _at < _text.Length && _text[_at] is not (' ' or ';' or '\n' or '}'); _at++)
        {
            switch (_text[_at])
            {
                case 'g':
                    command = command with { All = true };
                    break;
                case 'p':
                    command = command with { Print = true };
                    break;
                case 'i' or 'I':
                    ignoreCase = true;
                    break;
                case >= '1' and <= '9':
                    command = command with { Occurrence = _text[_at] - '0' };
                    break;
                default:
                    throw Wrong($"unknown option to s command");
            }
        }

        return command with { Pattern = PosixRegex.Create(pattern, _extended, ignoreCase) };
    }

    private SedAddress? Address()
    {
        if (_at == _text.Length)
            return null;
        if (Take('$'))
            return new SedAddress(SedAddress.Last, null);
        if (Digits() is { Length: > 0 } digits)
            return new SedAddress(long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : long.MaxValue, null);
        var other = _text[_at] == '\\' && _at + 1 < _text.Length;
        if (_text[_at] != '/' && !other)
            return null;
        _at += other ? 1 : 0;
        var separator = _text[_at++];
        var pattern = Delimited(separator);
        return new SedAddress(null, PosixRegex.Create(pattern, _extended, Take('I')));
    }

    /// <summary>Text up to the separator; one behind a backslash is text.</summary>
    private string Delimited(char separator)
    {
        var text = new StringBuilder();
        var inSet = false;
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == separator && !inSet)
            {
                _at++;
                return text.ToString();
            }

            if (c == '\\' && _at + 1 < _text.Length)
            {
                var escaped = _text[++_at];
                if (escaped != separator || escaped == '\\')
                    text.Append('\\');
                text.Append(escaped);
                continue;
            }

            if (c == '[' && !inSet)
                inSet = _text.IndexOf(']', _at + 1) > 0 && separator != '[';
            else if (c == ']' && inSet && text is [.., not ('[' or '^')])
                inSet = false;
            text.Append(c);
        }

        throw Wrong($"unmatched '{separator}'");
    }

    private string RestOfLine()
    {
        var end = _text.IndexOf('\n', _at);
        var line = end < 0 ? _text[_at..] : _text[_at..end];
        _at += line.Length;
        return line;
    }

    private string Digits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            _at++;
        return _text[start.._at];
    }

    private bool Take(char c)
    {
        if (_at == _text.Length || _text[_at] != c)
            return false;
        _at++;
        return true;
    }

    private void Skip(string letters)
    {
        while (_at < _text.Length && letters.Contains(_text[_at], StringComparison.Ordinal))
            _at++;
    }

    private static AppletUsageException Wrong(string message) => new(message);
}
