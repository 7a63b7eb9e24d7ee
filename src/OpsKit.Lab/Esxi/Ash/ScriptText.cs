namespace OpsKit.Lab.Esxi.Ash;

/// <summary>A script that is read character by character.</summary>
internal sealed class ScriptText(string text, int line = 1, int depth = 0)
{
    public const char End = '\uffff';
    private const int MostNesting = 150;
    private const int MostPieces = 300_000;

    private int _pieces;

    public int Position { get; private set; }

    public int Line { get; private set; } = line;

    public int Depth { get; private set; } = depth;

    public bool AtEnd => Position >= text.Length;

    public char Peek(int ahead = 0) => Position + ahead < text.Length ? text[Position + ahead] : End;

    public char Next()
    {
        if (AtEnd)
            return End;
        var c = text[Position++];
        if (c == '\n')
            Line++;
        return c;
    }

    public void Skip(int count)
    {
        for (var i = 0; i < count; i++)
            Next();
    }

    public bool Looking(string at) => string.CompareOrdinal(text, Position, at, 0, at.Length) == 0;

    /// <summary>The rest of the line without its end, which is passed.</summary>
    public string RestOfLine()
    {
        var end = text.IndexOf('\n', Position);
        var rest = end < 0 ? text[Position..] : text[Position..end];
        Position = end < 0 ? text.Length : end + 1;
        Line++;
        return rest;
    }

    public (int Position, int Line) Mark() => (Position, Line);

    public void Return((int Position, int Line) mark) => (Position, Line) = mark;

    /// <summary>Goes one level down, into a quote, a bracket or a compound command.</summary>
    public void Enter()
    {
        if (++Depth > MostNesting)
            throw new ShellSyntaxException("too deeply nested", Line);
    }

    public void Leave() => Depth--;

    /// <summary>Counts the pieces of one command: a line has no end that would not be too long for somebody.</summary>
    public void Count()
    {
        if (++_pieces > MostPieces)
            throw new ShellSyntaxException("out of memory", Line);
    }

    public void NewCommand() => _pieces = 0;
}
