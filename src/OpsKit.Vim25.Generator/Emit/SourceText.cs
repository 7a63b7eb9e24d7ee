using System.Text;

namespace OpsKit.Vim25.Generator.Emit;

/// <summary>C# source under construction: lines with indentation.</summary>
internal sealed class SourceText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    internal SourceText Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', _depth * 4).Append(line);
        _text.Append('\n');
        return this;
    }

    /// <summary>A block in braces on lines of their own.</summary>
    internal SourceText Block(string head, Action content, string tail = "}")
    {
        Line(head).Line("{");
        _depth++;
        content();
        _depth--;
        return Line(tail);
    }

    internal SourceText Indented(Action content)
    {
        _depth++;
        content();
        _depth--;
        return this;
    }

    internal SourceText Summary(string text) => Line($"/// <summary>{text}</summary>");

    public override string ToString() => _text.ToString();
}
