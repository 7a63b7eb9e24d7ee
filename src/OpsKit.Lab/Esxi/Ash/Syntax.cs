namespace OpsKit.Lab.Esxi.Ash;

/// <summary>A command of the shell language, with the line it begins in.</summary>
internal abstract record Command(int Line);

/// <summary>Assignments, a command name with its arguments, redirections; each may be missing.</summary>
internal sealed record SimpleCommand(int Line, IReadOnlyList<Assignment> Assignments, IReadOnlyList<Word> Words, IReadOnlyList<Redirection> Redirections) : Command(Line);

/// <summary><c>! a | b | c</c>.</summary>
internal sealed record PipelineCommand(int Line, bool Negated, IReadOnlyList<Command> Parts) : Command(Line);

/// <summary><c>a &amp;&amp; b || c</c>.</summary>
internal sealed record AndOrCommand(int Line, Command First, IReadOnlyList<(bool And, Command Next)> Rest) : Command(Line);

/// <summary>Commands one after the other; some in the background.</summary>
internal sealed record ListCommand(int Line, IReadOnlyList<(Command Command, bool Background)> Items) : Command(Line);

/// <summary><c>{ …; }</c>, in the shell itself.</summary>
internal sealed record GroupCommand(int Line, Command Body) : Command(Line);

/// <summary><c>( … )</c>, in a copy of the shell.</summary>
internal sealed record SubshellCommand(int Line, Command Body) : Command(Line);

internal sealed record IfCommand(int Line, IReadOnlyList<(Command Condition, Command Body)> Branches, Command? Else) : Command(Line);

internal sealed record LoopCommand(int Line, bool Until, Command Condition, Command Body) : Command(Line);

/// <summary><c>for x in …</c>; without words it goes through the positional parameters.</summary>
internal sealed record ForCommand(int Line, string Name, IReadOnlyList<Word>? Words, Command Body) : Command(Line);

internal sealed record CaseCommand(int Line, Word Subject, IReadOnlyList<(IReadOnlyList<Word> Patterns, Command? Body)> Items) : Command(Line);

internal sealed record FunctionCommand(int Line, string Name, Command Body) : Command(Line);

/// <summary>A compound command with redirections of its own.</summary>
internal sealed record RedirectedCommand(int Line, Command Body, IReadOnlyList<Redirection> Redirections) : Command(Line);

internal sealed record Assignment(string Name, Word Value);

internal enum RedirectionKind
{
    Read,
    Write,
    Clobber,
    Append,
    ReadWrite,
    CopyInput,
    CopyOutput,
    HereDocument,
}

/// <summary>A redirection. The text of a here-document comes with the lines that follow, so it is set later.</summary>
internal sealed class Redirection(int descriptor, RedirectionKind kind, Word target)
{
    public int Descriptor => descriptor;

    public RedirectionKind Kind => kind;

    /// <summary>The file, the descriptor to copy, or the text of a here-document.</summary>
    public Word Target { get; set; } = target;
}

/// <summary>A word before its expansion.</summary>
internal sealed record Word(IReadOnlyList<WordPart> Parts)
{
    public static readonly Word Empty = new([]);

    /// <summary>The text of a word without quotes and expansions, as reserved words are; null for others.</summary>
    public string? Plain => Parts is [TextPart { Quoted: false } text] ? text.Text : null;

    /// <summary>The text of a word without expansions; null for others.</summary>
    public string? Fixed => Parts.All(part => part is TextPart) ? string.Concat(Parts.Select(part => ((TextPart)part).Text)) : null;
}

internal abstract record WordPart(bool Quoted);

internal sealed record TextPart(string Text, bool Quoted) : WordPart(Quoted);

/// <summary><c>$x</c>, <c>${x:-word}</c>, <c>${#x}</c> …</summary>
internal sealed record ParameterPart(string Name, ParameterOperation Operation, bool Colon, Word? Argument, Word? Second, bool Quoted) : WordPart(Quoted);

internal enum ParameterOperation
{
    Value,
    Length,
    Default,
    Assign,
    Error,
    Alternative,
    CutShortestPrefix,
    CutLongestPrefix,
    CutShortestSuffix,
    CutLongestSuffix,
    Substring,
    ReplaceFirst,
    ReplaceAll,
}

/// <summary><c>$(…)</c> or backticks.</summary>
internal sealed record CommandPart(Command? Body, bool Quoted) : WordPart(Quoted);

/// <summary><c>$((…))</c>.</summary>
internal sealed record ArithmeticPart(Word Expression, bool Quoted) : WordPart(Quoted);

/// <summary>A mistake in a script.</summary>
internal sealed class ShellSyntaxException(string message, int line, bool incomplete = false) : Exception(message)
{
    public int Line => line;

    /// <summary>More text could mend it: a quote or an <c>if</c> is still open.</summary>
    public bool Incomplete => incomplete;
}
