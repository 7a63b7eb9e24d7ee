using System.Globalization;
using System.Text;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Expands words: variables, command substitution, arithmetic, splitting, file names.</summary>
internal sealed class Expander
{
    private readonly AshShell _shell;
    private readonly ParameterExpansion _parameters;

    public Expander(AshShell shell)
    {
        _shell = shell;
        _parameters = new ParameterExpansion(shell, this);
    }

    /// <summary>What splits words: blank, tab and new line where <c>IFS</c> is not set.</summary>
    public string Separators => _shell.Variables["IFS"] ?? " \t\n";

    /// <summary>Words as a command gets them.</summary>
    public async ValueTask<List<string>> ExpandAsync(IReadOnlyList<Word> words)
    {
        var result = new List<string>(words.Count);
        foreach (var word in words)
        {
            if (word.Fixed is { } text && !HasMeaning(word))
            {
                result.Add(text);
                continue;
            }

            var fields = new FieldBuilder(Separators);
            await AddAsync(word, fields, inExpansion: false, atStart: true).ConfigureAwait(false);
            foreach (var field in fields.Finish())
            {
                if (field.Pattern is { } pattern && !_shell.Options.NoGlob && PathGlob.Expand(_shell, pattern) is { Count: > 0 } paths)
                    result.AddRange(paths);
                else
                    result.Add(field.Text);
            }
        }

        return result;
    }

    /// <summary>A word as one text: an assignment's value, a file to redirect to, a here-document.</summary>
    public async ValueTask<string> ExpandToTextAsync(Word word)
    {
        if (word.Fixed is { } text && !HasMeaning(word))
            return text;
        var fields = new FieldBuilder("");
        await AddAsync(word, fields, inExpansion: false, atStart: true).ConfigureAwait(false);
        return string.Join(' ', fields.Finish().Select(field => field.Text));
    }

    /// <summary>A word as a pattern: what is quoted in it is plain.</summary>
    public async ValueTask<string> ExpandToPatternAsync(Word word)
    {
        var pattern = new StringBuilder();
        foreach (var part in word.Parts)
        {
            var text = part is TextPart plain ? plain.Text : await ExpandToTextAsync(new Word([part])).ConfigureAwait(false);
            foreach (var c in text)
            {
                if (part.Quoted && c is '*' or '?' or '[' or ']' or '\\' or '!' or '-' or '^')
                    pattern.Append('\\');
                pattern.Append(c);
            }
        }

        return pattern.ToString();
    }

    public long Calculate(string expression)
    {
        return new Arithmetic(expression, Read, (name, value) => _shell.Variables.Set(name, value)).Evaluate();

        string? Read(string name)
        {
            if (_shell.Variables[name] is not { } value && _shell.Options.RequireSet)
                throw new ShellFailureException($"{name}: parameter not set");
            return _shell.Variables[name];
        }
    }

    /// <summary>Adds a word's parts to fields.</summary>
    /// <param name="word">The word.</param>
    /// <param name="fields">Where to.</param>
    /// <param name="inExpansion">Whether it is the word in <c>${x:-word}</c>, whose text is split, too.</param>
    /// <param name="atStart">Whether a tilde may stand for a home.</param>
    public async ValueTask AddAsync(Word word, FieldBuilder fields, bool inExpansion, bool atStart = false)
    {
        for (var i = 0; i < word.Parts.Count; i++)
        {
            switch (word.Parts[i])
            {
                case TextPart { Quoted: true } text:
                    if (text.Text.Length > 0 || !IsQuotedList(word.Parts, i + 1))
                        fields.AddQuoted(text.Text);
                    break;
                case TextPart text:
                    AddText(atStart && i == 0 ? Tilde(text.Text, fields, word.Parts.Count == 1) : text.Text, fields, inExpansion);
                    break;
                case ParameterPart parameter:
                    await _parameters.AddAsync(parameter, fields).ConfigureAwait(false);
                    break;
                case CommandPart command:
                    Add(await SubstituteAsync(command.Body).ConfigureAwait(false), fields, command.Quoted);
                    break;
                case ArithmeticPart arithmetic:
                    var expression = await ExpandToTextAsync(arithmetic.Expression).ConfigureAwait(false);
                    Add(Calculate(expression).ToString(CultureInfo.InvariantCulture), fields, arithmetic.Quoted);
                    break;
            }
        }
    }

    public static void Add(string text, FieldBuilder fields, bool quoted)
    {
        if (quoted)
            fields.AddQuoted(text);
        else
            fields.AddSplit(text);
    }

    private static void AddText(string text, FieldBuilder fields, bool split)
    {
        if (split)
            fields.AddSplit(text);
        else if (text.Length > 0)
            fields.AddLiteral(text);
    }

    private string Tilde(string text, FieldBuilder fields, bool whole)
    {
        if (!text.StartsWith('~') || (text.Length > 1 ? text[1] != '/' : !whole))
            return text;
        fields.AddQuoted(_shell.Variables["HOME"] ?? "/");
        return text[1..];
    }

    /// <summary>The empty text before a quoted <c>$@</c>: without positional parameters nothing is left of it.</summary>
    private static bool IsQuotedList(IReadOnlyList<WordPart> parts, int next) => next < parts.Count && parts[next] is ParameterPart { Name: "@", Quoted: true };

    private static bool HasMeaning(Word word) =>
        word.Parts.Any(part => part is TextPart { Quoted: false } text && (text.Text.AsSpan().IndexOfAny('*', '?', '[') >= 0 || text.Text.StartsWith('~')));

    private async Task<string> SubstituteAsync(Command? body)
    {
        if (body is null)
        {
            _shell.SubstitutionStatus = 0;
            return "";
        }

        using var output = new CapturedOutput();
        var descriptors = _shell.Descriptors.Copy();
        descriptors.Set(1, new Processes.OpenFile(output, ownsStream: false));
        _shell.SubstitutionStatus = await Forks.RunAsync(_shell, body, descriptors).ConfigureAwait(false);
        return output.Text;
    }
}
