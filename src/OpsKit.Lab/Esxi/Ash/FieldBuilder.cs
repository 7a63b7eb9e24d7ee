using System.Text;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>A field: its text, and the pattern it is where something in it stands for file names.</summary>
internal readonly record struct Field(string Text, string? Pattern);

/// <summary>Puts the results of expansions together and splits them into fields.</summary>
/// <param name="separators">The value of <c>IFS</c>.</param>
internal sealed class FieldBuilder(string separators)
{
    public const int MostText = 16 * 1024 * 1024;
    private const int MostFields = 200_000;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _pattern = new();
    private bool _globs;
    private bool _begun;
    private bool _afterBlank;
    private long _size;

    public List<Field> Fields { get; } = [];

    /// <summary>Text that stays as it is.</summary>
    public void AddQuoted(string text)
    {
        Begin(text.Length);
        _text.Append(text);
        foreach (var c in text)
        {
            if (c is '*' or '?' or '[' or ']' or '\\' or '!' or '-' or '^')
                _pattern.Append('\\');
            _pattern.Append(c);
        }
    }

    /// <summary>Text of the script itself: it may stand for file names and is not split.</summary>
    public void AddLiteral(string text)
    {
        Begin(text.Length);
        Append(text);
    }

    /// <summary>Text that came out of an expansion outside quotes.</summary>
    public void AddSplit(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!separators.Contains(text[i], StringComparison.Ordinal))
                continue;
            Piece(text, start, i);
            start = i + 1;
            if (text[i] is ' ' or '\t' or '\n')
            {
                if (!_begun)
                    continue;
                EndField();
                _afterBlank = true;
            }
            else if (_afterBlank)
            {
                _afterBlank = false;
            }
            else
            {
                _begun = true;
                EndField();
            }
        }

        Piece(text, start, text.Length);
    }

    /// <summary>Ends a field, even one without text.</summary>
    public void Break()
    {
        _begun = true;
        EndField();
    }

    /// <summary>Ends a field where there is one.</summary>
    public void BreakIfBegun()
    {
        if (_begun)
            EndField();
    }

    public List<Field> Finish()
    {
        if (_begun)
            EndField();
        return Fields;
    }

    private void Piece(string text, int start, int end)
    {
        if (end <= start)
            return;
        Begin(end - start);
        Append(text.AsSpan(start, end - start));
    }

    private void Append(ReadOnlySpan<char> text)
    {
        _text.Append(text);
        _pattern.Append(text);
        if (text.IndexOfAny('*', '?', '[') >= 0)
            _globs = true;
    }

    private void Begin(int length)
    {
        _begun = true;
        _afterBlank = false;
        _size += length;
        if (_size > MostText)
            throw new ShellFailureException("out of memory");
    }

    private void EndField()
    {
        Fields.Add(new Field(_text.ToString(), _globs ? _pattern.ToString() : null));
        if (Fields.Count > MostFields)
            throw new ShellFailureException("out of memory");
        _text.Clear();
        _pattern.Clear();
        _globs = _begun = _afterBlank = false;
    }
}
