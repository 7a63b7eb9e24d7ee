using System.Globalization;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Reads scripts command by command, so that what stands before a mistake is carried out.</summary>
internal sealed class Parser
{
    private static readonly string[] NoMore = [];
    private readonly Lexer _lexer;

    public Parser(ScriptText text) => _lexer = new Lexer(text, ReadSubstitution);

    private Parser(Lexer outer) => _lexer = outer.Inner(ReadSubstitution);

    /// <summary>The next line's commands; null at the end.</summary>
    /// <exception cref="ShellSyntaxException">It is none.</exception>
    public Command? ParseLine()
    {
        _lexer.Text.NewCommand();
        while (_lexer.Peek().Kind == TokenKind.NewLine)
            _lexer.Next();
        if (_lexer.Peek().Kind == TokenKind.End)
            return null;
        var list = ParseList(acrossLines: false, NoMore);
        return _lexer.Peek().Kind is TokenKind.NewLine or TokenKind.End ? list : throw Unexpected(_lexer.Peek());
    }

    /// <summary>Everything up to the end; null where there is nothing.</summary>
    public Command? ParseAll()
    {
        var list = ParseList(acrossLines: true, NoMore);
        return _lexer.Peek().Kind == TokenKind.End ? list : throw Unexpected(_lexer.Peek());
    }

    /// <summary>Commands up to the bracket that closes a <c>$(</c>.</summary>
    public Command? ReadSubstitution()
    {
        var inner = new Parser(_lexer);
        var list = inner.ParseList(acrossLines: true, ")");
        inner.Require(")");
        return list;
    }

    /// <summary>Commands up to one of the words given, or the end of the line.</summary>
    private Command? ParseList(bool acrossLines, params string[] ends)
    {
        var items = new List<(Command, bool)>();
        var line = _lexer.Peek().Line;
        while (true)
        {
            if (acrossLines)
                SkipNewLines();
            var token = _lexer.Peek();
            if (token.Kind is TokenKind.End or TokenKind.NewLine || Array.Exists(ends, token.Is))
                break;
            var command = ParseAndOr();
            var background = _lexer.Peek().Is("&");
            items.Add((command, background));
            if (background || _lexer.Peek().Is(";"))
                _lexer.Next();
            else if (_lexer.Peek().Kind != TokenKind.NewLine || !acrossLines)
                break;
        }

        return items.Count switch
        {
            0 => null,
            1 when !items[0].Item2 => items[0].Item1,
            _ => new ListCommand(line, items),
        };
    }

    /// <summary>Commands that must be there, and the word that ends them, which stays.</summary>
    private Command ParseBody(params string[] ends)
    {
        var body = ParseList(acrossLines: true, ends);
        return body ?? throw Unexpected(_lexer.Peek());
    }

    private Command ParseAndOr()
    {
        var first = ParsePipeline();
        List<(bool, Command)>? rest = null;
        while (_lexer.Peek().Is("&&") || _lexer.Peek().Is("||"))
        {
            var and = _lexer.Next().Text == "&&";
            SkipNewLines();
            (rest ??= []).Add((and, ParsePipeline()));
        }

        return rest is null ? first : new AndOrCommand(first.Line, first, rest);
    }

    private Command ParsePipeline()
    {
        var line = _lexer.Peek().Line;
        var negated = false;
        while (_lexer.Peek().Is("!"))
        {
            _lexer.Next();
            negated = !negated;
        }

        var parts = new List<Command> { ParseCommand() };
        while (_lexer.Peek().Is("|"))
        {
            _lexer.Next();
            SkipNewLines();
            parts.Add(ParseCommand());
        }

        return parts.Count == 1 && !negated ? parts[0] : new PipelineCommand(line, negated, parts);
    }

    private Command ParseCommand()
    {
        _lexer.Text.Enter();
        var command = ParseCompound();
        if (command is null)
        {
            command = ParseSimple();
        }
        else if (ParseRedirections() is { Count: > 0 } redirections)
        {
            command = new RedirectedCommand(command.Line, command, redirections);
        }

        _lexer.Text.Leave();
        return command;
    }

    private Command? ParseCompound()
    {
        var token = _lexer.Peek();
        if (token.Is("("))
        {
            _lexer.Next();
            var body = ParseBody(")");
            Require(")");
            return new SubshellCommand(token.Line, body);
        }

        switch (token.Kind == TokenKind.Word ? token.Word!.Plain : null)
        {
            case "{":
                _lexer.Next();
                var body = ParseBody("}");
                Require("}");
                return new GroupCommand(token.Line, body);
            case "if":
                _lexer.Next();
                return ParseIf(token.Line);
            case "while" or "until":
                _lexer.Next();
                var condition = ParseBody("do");
                return new LoopCommand(token.Line, token.Is("until"), condition, ParseDo());
            case "for":
                _lexer.Next();
                return ParseFor(token.Line);
            case "case":
                _lexer.Next();
                return ParseCase(token.Line);
            case "function":
                _lexer.Next();
                return ParseFunction();
            case "then" or "else" or "elif" or "fi" or "do" or "done" or "esac" or "}" or "in":
                throw Unexpected(token);
            default:
                return null;
        }
    }

    private IfCommand ParseIf(int line)
    {
        var branches = new List<(Command, Command)>();
        Command? otherwise = null;
        while (true)
        {
            var condition = ParseBody("then");
            Require("then");
            branches.Add((condition, ParseBody("elif", "else", "fi")));
            var next = _lexer.Next();
            if (next.Is("elif"))
                continue;
            if (next.Is("else"))
            {
                otherwise = ParseBody("fi");
                Require("fi");
            }
            else if (!next.Is("fi"))
            {
                throw Unexpected(next, "fi");
            }

            return new IfCommand(line, branches, otherwise);
        }
    }

    private ForCommand ParseFor(int line)
    {
        var name = _lexer.Next();
        if (name.Kind != TokenKind.Word || name.Word!.Plain is not { } variable || !ShellNames.IsName(variable))
            throw new ShellSyntaxException("bad for loop variable", name.Line, name.Kind == TokenKind.End);
        SkipNewLines();
        List<Word>? words = null;
        if (_lexer.Peek().Is("in"))
        {
            _lexer.Next();
            words = [];
            while (_lexer.Peek().Kind == TokenKind.Word)
                words.Add(_lexer.Next().Word!);
            if (_lexer.Peek() is var end && end.Kind != TokenKind.NewLine && !end.Is(";"))
                throw Unexpected(end);
            _lexer.Next();
        }
        else if (_lexer.Peek().Is(";"))
        {
            _lexer.Next();
        }

        SkipNewLines();
        return new ForCommand(line, variable, words, ParseDo());
    }

    private Command ParseDo()
    {
        Require("do");
        var body = ParseBody("done");
        Require("done");
        return body;
    }

    private CaseCommand ParseCase(int line)
    {
        var subject = _lexer.Next();
        if (subject.Kind != TokenKind.Word)
            throw Unexpected(subject);
        SkipNewLines();
        Require("in");
        SkipNewLines();
        var items = new List<(IReadOnlyList<Word>, Command?)>();
        while (!_lexer.Peek().Is("esac"))
        {
            if (_lexer.Peek().Is("("))
                _lexer.Next();
            var patterns = new List<Word>();
            do
            {
                var pattern = _lexer.Next();
                if (pattern.Kind != TokenKind.Word)
                    throw Unexpected(pattern, ")");
                patterns.Add(pattern.Word!);
            }
            while (_lexer.Peek().Is("|") && _lexer.Next() is not null);
            Require(")");
            items.Add((patterns, ParseList(acrossLines: true, ";;", "esac")));
            if (!_lexer.Peek().Is(";;"))
                break;
            _lexer.Next();
            SkipNewLines();
        }

        Require("esac");
        return new CaseCommand(line, subject.Word!, items);
    }

    private FunctionCommand ParseFunction()
    {
        var name = _lexer.Next();
        if (name.Word?.Plain is not { } text)
            throw Unexpected(name);
        if (_lexer.Peek().Is("("))
        {
            _lexer.Next();
            Require(")");
        }

        SkipNewLines();
        return new FunctionCommand(name.Line, text, ParseCommand());
    }

    private Command ParseSimple()
    {
        var line = _lexer.Peek().Line;
        var assignments = new List<Assignment>();
        var words = new List<Word>();
        var redirections = new List<Redirection>();
        while (true)
        {
            var token = _lexer.Peek();
            if (token.Kind == TokenKind.Word)
            {
                _lexer.Next();
                if (words.Count == 0 && Assignments.Of(token.Word!) is { } assignment)
                    assignments.Add(assignment);
                else
                    words.Add(token.Word!);
            }
            else if (ParseRedirection() is { } redirection)
            {
                redirections.Add(redirection);
            }
            else if (token.Is("(") && words.Count == 1 && assignments.Count == 0 && redirections.Count == 0)
            {
                return ParseFunctionBody(words[0], token);
            }
            else
            {
                break;
            }
        }

        if (words.Count + assignments.Count + redirections.Count == 0)
            throw Unexpected(_lexer.Peek());
        return new SimpleCommand(line, assignments, words, redirections);
    }

    private FunctionCommand ParseFunctionBody(Word name, Token bracket)
    {
        _lexer.Next();
        Require(")");
        if (name.Plain is not { } text || !ShellNames.IsName(text.Replace('-', '_')))
            throw new ShellSyntaxException("bad function name", bracket.Line);
        SkipNewLines();
        return new FunctionCommand(bracket.Line, text, ParseCommand());
    }

    private List<Redirection> ParseRedirections()
    {
        var redirections = new List<Redirection>();
        while (ParseRedirection() is { } redirection)
            redirections.Add(redirection);
        return redirections;
    }

    private Redirection? ParseRedirection()
    {
        var token = _lexer.Peek();
        int? number = null;
        if (token.Kind == TokenKind.Descriptor)
        {
            _lexer.Next();
            number = int.Parse(token.Text, CultureInfo.InvariantCulture);
            token = _lexer.Peek();
        }

        if (token.Kind != TokenKind.Operator || Kind(token.Text) is not { } kind)
            return number is null ? null : throw Unexpected(token);
        _lexer.Next();
        var target = _lexer.Next();
        if (target.Kind != TokenKind.Word)
            throw Unexpected(target);
        var redirection = new Redirection(number ?? (token.Text[0] == '<' ? 0 : 1), kind, target.Word!);
        if (kind == RedirectionKind.HereDocument)
            _lexer.Expect(redirection, target.Word!, token.Text == "<<-");
        return redirection;
    }

    private static RedirectionKind? Kind(string text) => text switch
    {
        "<" => RedirectionKind.Read,
        ">" => RedirectionKind.Write,
        ">|" => RedirectionKind.Clobber,
        ">>" => RedirectionKind.Append,
        "<>" => RedirectionKind.ReadWrite,
        "<&" => RedirectionKind.CopyInput,
        ">&" => RedirectionKind.CopyOutput,
        "<<" or "<<-" => RedirectionKind.HereDocument,
        _ => null,
    };

    private void SkipNewLines()
    {
        while (_lexer.Peek().Kind == TokenKind.NewLine)
            _lexer.Next();
    }

    private void Require(string text)
    {
        var token = _lexer.Next();
        if (!token.Is(text))
            throw Unexpected(token, text);
    }

    private static ShellSyntaxException Unexpected(Token token, string? expected = null) => new(
        $"unexpected {(expected == ")" && token.Kind == TokenKind.Word ? "word" : token.Shown)}{(expected is null ? "" : $" (expecting \"{expected}\")")}", token.Line, token.Kind == TokenKind.End);
}
