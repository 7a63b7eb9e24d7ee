using System.Text;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Cuts a script into words and operators. One token ahead is known; here-documents are read when their line ends.</summary>
internal sealed class Lexer
{
    private static readonly string[] Operators = ["<<-", "&&", "||", ";;", "<<", ">>", "<&", ">&", "<>", ">|", ";", "&", "|", "<", ">", "(", ")"];

    private readonly ScriptText _text;
    private readonly WordReader _words;
    private readonly List<(Redirection Redirection, string Delimiter, bool Expand, bool StripTabs)> _documents;
    private Token? _ahead;

    public Lexer(ScriptText text, Func<Command?> readSubstitution)
        : this(text, readSubstitution, [])
    {
    }

    private Lexer(ScriptText text, Func<Command?> readSubstitution, List<(Redirection, string, bool, bool)> documents)
    {
        _text = text;
        _words = new WordReader(text, readSubstitution);
        _documents = documents;
    }

    public ScriptText Text => _text;

    /// <summary>A lexer for what stands in <c>$(…)</c>; the here-documents are those of the whole line.</summary>
    public Lexer Inner(Func<Command?> readSubstitution) => new(_text, readSubstitution, _documents);

    public Token Peek() => _ahead ??= Read();

    public Token Next()
    {
        var token = Peek();
        _ahead = null;
        return token;
    }

    /// <summary>The word after a <c>&lt;&lt;</c> is known: its text begins in the next line.</summary>
    public void Expect(Redirection redirection, Word delimiter, bool stripTabs) =>
        _documents.Add((redirection, delimiter.Fixed ?? "", delimiter.Parts.All(part => !part.Quoted), stripTabs));

    private Token Read()
    {
        SkipBlanks();
        var line = _text.Line;
        var c = _text.Peek();
        if (c == ScriptText.End)
        {
            ReadDocuments();
            return new Token(TokenKind.End, "", null, line);
        }

        _text.Count();
        if (c == '\n')
        {
            _text.Next();
            ReadDocuments();
            return new Token(TokenKind.NewLine, "\n", null, line);
        }

        if (Array.Find(Operators, _text.Looking) is { } found)
        {
            _text.Skip(found.Length);
            return new Token(TokenKind.Operator, found, null, line);
        }

        if (char.IsAsciiDigit(c) && _text.Peek(1) is '<' or '>')
        {
            _text.Next();
            return new Token(TokenKind.Descriptor, c.ToString(), null, line);
        }

        return new Token(TokenKind.Word, "", _words.ReadWord(), line);
    }

    private void SkipBlanks()
    {
        while (true)
        {
            switch (_text.Peek())
            {
                case ' ' or '\t' or '\r':
                    _text.Next();
                    break;
                case '\\' when _text.Peek(1) == '\n':
                    _text.Skip(2);
                    break;
                case '#':
                    while (!_text.AtEnd && _text.Peek() != '\n')
                        _text.Next();
                    break;
                default:
                    return;
            }
        }
    }

    private void ReadDocuments()
    {
        foreach (var (redirection, delimiter, expand, stripTabs) in _documents)
        {
            var line = _text.Line;
            var body = new StringBuilder();
            while (!_text.AtEnd)
            {
                var next = _text.RestOfLine();
                if (stripTabs)
                    next = next.TrimStart('\t');
                if (next == delimiter)
                    break;
                body.Append(next).Append('\n');
            }

            var text = new ScriptText(body.ToString(), line, _text.Depth);
            redirection.Target = expand ? new WordReader(text, new Parser(text).ReadSubstitution).ReadHereDocument() : new Word([new TextPart(body.ToString(), Quoted: true)]);
        }

        _documents.Clear();
    }
}
