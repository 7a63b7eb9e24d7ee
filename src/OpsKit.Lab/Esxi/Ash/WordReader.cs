using System.Globalization;
using System.Text;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Reads words with their quotes and expansions.</summary>
/// <param name="text">The script.</param>
/// <param name="readSubstitution">Reads the commands up to the closing bracket of <c>$(</c>.</param>
internal sealed class WordReader(ScriptText text, Func<Command?> readSubstitution)
{
    /// <summary>Where a word ends that stands in the open.</summary>
    public static bool EndsWord(char c) => c is ' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')' or ScriptText.End;

    /// <summary>Reads a word in the open; the reader stands at its first character.</summary>
    public Word ReadWord()
    {
        var word = new WordBuilder();
        while (!EndsWord(text.Peek()))
            ReadPiece(word);
        return word.Build();
    }

    /// <summary>Reads the text of a here-document: expansions, but quotes are text.</summary>
    public Word ReadHereDocument()
    {
        var word = new WordBuilder();
        while (!text.AtEnd)
            ReadQuotedPiece(word, quotesAreText: true);
        return word.Build();
    }

    private void ReadPiece(WordBuilder word)
    {
        switch (text.Peek())
        {
            case '\\':
                ReadEscape(word);
                break;
            case '\'':
                ReadSingleQuotes(word);
                break;
            case '"':
                ReadDoubleQuotes(word);
                break;
            case '$':
                ReadDollar(word, quoted: false);
                break;
            case '`':
                ReadBackticks(word, quoted: false);
                break;
            default:
                word.Add(text.Next(), quoted: false);
                break;
        }
    }

    private void ReadEscape(WordBuilder word)
    {
        text.Next();
        if (text.AtEnd)
            word.Add('\\', quoted: true);
        else if (text.Peek() == '\n')
            text.Next();
        else
            word.Add(text.Next(), quoted: true);
    }

    private void ReadSingleQuotes(WordBuilder word)
    {
        text.Next();
        word.AddEmptyQuotes();
        while (text.Peek() != '\'')
        {
            if (text.AtEnd)
                throw Unterminated();
            word.Add(text.Next(), quoted: true);
        }

        text.Next();
    }

    private void ReadDoubleQuotes(WordBuilder word)
    {
        text.Next();
        text.Enter();
        word.AddEmptyQuotes();
        while (text.Peek() != '"')
        {
            if (text.AtEnd)
                throw Unterminated();
            ReadQuotedPiece(word, quotesAreText: false);
        }

        text.Leave();
        text.Next();
    }

    /// <summary>Something between double quotes.</summary>
    private void ReadQuotedPiece(WordBuilder word, bool quotesAreText)
    {
        switch (text.Peek())
        {
            case '\\':
                text.Next();
                if (text.Peek() == '\n')
                    text.Next();
                else if (text.Peek() is '$' or '`' or '\\' || (text.Peek() == '"' && !quotesAreText))
                    word.Add(text.Next(), quoted: true);
                else
                    word.Add('\\', quoted: true);
                break;
            case '$':
                ReadDollar(word, quoted: true);
                break;
            case '`':
                ReadBackticks(word, quoted: true);
                break;
            default:
                word.Add(text.Next(), quoted: true);
                break;
        }
    }

    private void ReadDollar(WordBuilder word, bool quoted)
    {
        text.Count();
        var next = text.Peek(1);
        switch (next)
        {
            case '(':
                ReadBracket(word, quoted);
                break;
            case '{':
                text.Skip(2);
                word.Add(ReadBraces(quoted));
                break;
            case '\'' when !quoted:
                text.Skip(2);
                ReadAnsiQuotes(word);
                break;
            default:
                if (ShellNames.IsStart(next))
                {
                    text.Next();
                    word.Add(new ParameterPart(ReadName(), ParameterOperation.Value, false, null, null, quoted));
                }
                else if (ShellNames.IsSpecial(next) || char.IsAsciiDigit(next))
                {
                    text.Next();
                    word.Add(new ParameterPart(text.Next().ToString(), ParameterOperation.Value, false, null, null, quoted));
                }
                else
                {
                    word.Add(text.Next(), quoted);
                }

                break;
        }
    }

    /// <summary><c>$(…)</c> or <c>$((…))</c>: what begins like arithmetic may be a subshell.</summary>
    private void ReadBracket(WordBuilder word, bool quoted)
    {
        if (text.Peek(2) == '(')
        {
            var mark = text.Mark();
            text.Skip(3);
            if (ReadArithmetic() is { } expression)
            {
                word.Add(new ArithmeticPart(expression, quoted));
                return;
            }

            text.Return(mark);
        }

        text.Skip(2);
        text.Enter();
        var body = readSubstitution();
        text.Leave();
        word.Add(new CommandPart(body, quoted));
    }

    /// <summary>Reads up to <c>))</c>; null where the brackets close otherwise.</summary>
    private Word? ReadArithmetic()
    {
        text.Enter();
        var word = new WordBuilder();
        var open = 0;
        while (true)
        {
            switch (text.Peek())
            {
                case ScriptText.End:
                    throw Unterminated("))");
                case ')' when open == 0:
                    text.Next();
                    text.Leave();
                    if (text.Peek() != ')')
                        return null;
                    text.Next();
                    return word.Build();
                case '(' or ')':
                    open += text.Peek() == '(' ? 1 : -1;
                    word.Add(text.Next(), quoted: true);
                    break;
                case '"':
                    text.Next();
                    break;
                default:
                    ReadQuotedPiece(word, quotesAreText: false);
                    break;
            }
        }
    }

    private void ReadBackticks(WordBuilder word, bool quoted)
    {
        var line = text.Line;
        text.Next();
        var inner = new StringBuilder();
        while (text.Peek() != '`')
        {
            if (text.AtEnd)
                throw Unterminated();
            var c = text.Next();
            if (c == '\\' && (text.Peek() is '`' or '\\' or '$' || (quoted && text.Peek() == '"')))
                c = text.Next();
            inner.Append(c);
        }

        text.Next();
        var parser = new Parser(new ScriptText(inner.ToString(), line, text.Depth + 1));
        word.Add(new CommandPart(parser.ParseAll(), quoted));
    }

    private string ReadName()
    {
        var name = new StringBuilder();
        while (ShellNames.IsPart(text.Peek()))
            name.Append(text.Next());
        return name.ToString();
    }

    private ParameterPart ReadBraces(bool quoted)
    {
        text.Enter();
        var length = text.Peek() == '#' && text.Peek(1) != '}' && (ShellNames.IsPart(text.Peek(1)) || (ShellNames.IsSpecial(text.Peek(1)) && text.Peek(2) == '}'));
        if (length)
            text.Next();
        string name;
        if (ShellNames.IsStart(text.Peek()))
            name = ReadName();
        else if (char.IsAsciiDigit(text.Peek()))
            name = ReadName();
        else if (ShellNames.IsSpecial(text.Peek()))
            name = text.Next().ToString();
        else
            throw BadSubstitution();
        var part = length ? new ParameterPart(name, ParameterOperation.Length, false, null, null, quoted) : ReadOperation(name, quoted);
        if (text.AtEnd)
            throw Unterminated("}");
        if (text.Next() != '}')
            throw BadSubstitution();
        text.Leave();
        return part;
    }

    private ParameterPart ReadOperation(string name, bool quoted)
    {
        var colon = text.Peek() == ':';
        if (colon)
            text.Next();
        var operation = (colon, text.Peek()) switch
        {
            (false, '}') => ParameterOperation.Value,
            (_, '-') => ParameterOperation.Default,
            (_, '=') => ParameterOperation.Assign,
            (_, '?') => ParameterOperation.Error,
            (_, '+') => ParameterOperation.Alternative,
            (true, _) => ParameterOperation.Substring,
            (_, '#') => text.Peek(1) == '#' ? ParameterOperation.CutLongestPrefix : ParameterOperation.CutShortestPrefix,
            (_, '%') => text.Peek(1) == '%' ? ParameterOperation.CutLongestSuffix : ParameterOperation.CutShortestSuffix,
            (_, '/') => text.Peek(1) == '/' ? ParameterOperation.ReplaceAll : ParameterOperation.ReplaceFirst,
            _ => throw (text.AtEnd ? Unterminated("}") : BadSubstitution()),
        };
        if (operation == ParameterOperation.Value)
            return new ParameterPart(name, operation, false, null, null, quoted);
        if (operation != ParameterOperation.Substring)
            text.Next();
        if (operation is ParameterOperation.CutLongestPrefix or ParameterOperation.CutLongestSuffix or ParameterOperation.ReplaceAll)
            text.Next();
        var pattern = operation >= ParameterOperation.CutShortestPrefix;
        var separator = operation switch { ParameterOperation.Substring => ':', ParameterOperation.ReplaceFirst or ParameterOperation.ReplaceAll => '/', _ => ScriptText.End };
        var argument = ReadArgument(quoted, pattern, separator);
        Word? second = null;
        if (separator != ScriptText.End && text.Peek() == separator)
        {
            text.Next();
            second = ReadArgument(quoted, pattern, ScriptText.End);
        }

        return new ParameterPart(name, operation, colon, argument, second, quoted);
    }

    /// <summary>Reads the word of an expansion up to the closing brace or the separator.</summary>
    private Word ReadArgument(bool quoted, bool pattern, char separator)
    {
        var word = new WordBuilder();
        var inner = false;
        while (true)
        {
            var c = text.Peek();
            if (c == ScriptText.End)
                throw Unterminated("}");
            if (!inner && (c == '}' || c == separator))
                return word.Build();
            if (c == '"')
            {
                if (quoted && !pattern)
                {
                    inner = !inner;
                    text.Next();
                }
                else
                {
                    ReadDoubleQuotes(word);
                }
            }
            else if (c == '\'' && quoted && !pattern)
            {
                word.Add(text.Next(), quoted: true);
            }
            else if (quoted && !pattern)
            {
                if (c == '\\' && text.Peek(1) == '}')
                    text.Next();
                if (c == '\\' && text.Peek() == '}')
                    word.Add(text.Next(), quoted: true);
                else
                    ReadQuotedPiece(word, quotesAreText: false);
            }
            else
            {
                ReadPiece(word);
            }
        }
    }

    /// <summary><c>$'…'</c>, with the escapes of C.</summary>
    private void ReadAnsiQuotes(WordBuilder word)
    {
        word.AddEmptyQuotes();
        while (text.Peek() != '\'')
        {
            if (text.AtEnd)
                throw Unterminated();
            var c = text.Next();
            if (c != '\\' || text.AtEnd)
            {
                word.Add(c, quoted: true);
                continue;
            }

            var escape = new StringBuilder("\\").Append(text.Next());
            while (escape.Length < 4 && ContinuesEscape(escape, text.Peek()))
                escape.Append(text.Next());
            word.Add(escape.ToString() is "\\'" or "\\\"" ? escape.ToString(1, 1) : Escapes.Expand(escape.ToString(), zeroFirst: false).Text, quoted: true);
        }

        text.Next();
    }

    private static bool ContinuesEscape(StringBuilder escape, char next) => escape[1] switch
    {
        'x' => char.IsAsciiHexDigit(next),
        >= '0' and <= '7' => next is >= '0' and <= '7',
        _ => false,
    };

    private ShellSyntaxException Unterminated(string? missing = null) => new(
        missing is null ? "unterminated quoted string" : string.Create(CultureInfo.InvariantCulture, $"unexpected end of file (expecting \"{missing}\")"), text.Line, incomplete: true);

    private ShellSyntaxException BadSubstitution() => new("bad substitution", text.Line);
}
