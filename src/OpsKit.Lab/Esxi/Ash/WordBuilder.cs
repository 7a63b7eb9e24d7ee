using System.Text;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Puts the parts of a word together; neighbouring text becomes one part.</summary>
internal sealed class WordBuilder
{
    private readonly List<WordPart> _parts = [];
    private readonly StringBuilder _text = new();
    private bool _quoted;
    private bool _begun;

    public bool IsEmpty => _parts.Count == 0 && !_begun;

    /// <summary>Nothing but these characters, unquoted.</summary>
    public bool IsPlain => _parts.Count == 0 && !_quoted;

    public string PlainText => _text.ToString();

    public void Add(char c, bool quoted)
    {
        Begin(quoted);
        _text.Append(c);
    }

    public void Add(string text, bool quoted)
    {
        Begin(quoted);
        _text.Append(text);
    }

    /// <summary>Quotes with nothing between them make a word, too.</summary>
    public void AddEmptyQuotes() => Begin(quoted: true);

    public void Add(WordPart part)
    {
        Flush();
        _parts.Add(part);
    }

    public Word Build()
    {
        Flush();
        return new Word([.. _parts]);
    }

    private void Begin(bool quoted)
    {
        if (_begun && _quoted != quoted)
            Flush();
        _begun = true;
        _quoted = quoted;
    }

    private void Flush()
    {
        if (!_begun)
            return;
        _parts.Add(new TextPart(_text.ToString(), _quoted));
        _text.Clear();
        _begun = false;
        _quoted = false;
    }
}
