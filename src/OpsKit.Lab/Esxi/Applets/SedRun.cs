using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>Runs a script of sed over lines.</summary>
internal sealed class SedRun(IReadOnlyList<SedCommand> commands, bool quiet, IReadOnlyList<string> lines)
{
    private readonly bool[] _inRange = new bool[commands.Count];
    private int _line;

    public int Status { get; private set; }

    /// <summary>What it writes, as it comes.</summary>
    public IEnumerable<string> Output()
    {
        for (_line = 1; _line <= lines.Count; _line++)
        {
            var space = lines[_line - 1];
            var deleted = false;
            var quit = false;
            var behind = new StringBuilder();
            for (var i = 0; i < commands.Count && !deleted && !quit; i++)
            {
                var command = commands[i];
                if (Selects(command, i, space) == command.Negated)
                    continue;
                switch (command.Name)
                {
                    case 's':
                        var replaced = Replace(command, space);
                        if (replaced is not null)
                        {
                            space = replaced;
                            if (command.Print)
                                yield return space + "\n";
                        }

                        break;
                    case 'y':
                        space = Transliterate(space, command.Text);
                        break;
                    case 'p':
                        yield return space + "\n";
                        break;
                    case '=':
                        yield return _line.ToString(CultureInfo.InvariantCulture) + "\n";
                        break;
                    case 'i':
                        yield return command.Text + "\n";
                        break;
                    case 'a':
                        behind.Append(command.Text).Append('\n');
                        break;
                    case 'c':
                        if (command.To is null || !_inRange[i])
                            yield return command.Text + "\n";
                        deleted = true;
                        break;
                    case 'n':
                        if (!quiet)
                            yield return space + "\n";
                        if (_line == lines.Count)
                            yield break;
                        space = lines[_line++];
                        break;
                    case 'd':
                        deleted = true;
                        break;
                    case 'q':
                        quit = true;
                        Status = command.Status;
                        break;
                }
            }

            if (!deleted && !quiet)
                yield return space + "\n";
            if (behind.Length > 0)
                yield return behind.ToString();
            if (quit)
                yield break;
        }
    }

    private bool Selects(SedCommand command, int index, string space)
    {
        if (command.From is null)
            return true;
        if (command.To is null)
            return Matches(command.From, space);
        if (_inRange[index])
        {
            _inRange[index] = command.To.Line is { } last && last != SedAddress.Last ? _line < last : !Matches(command.To, space);
            return command.To.Line is not { } line || line == SedAddress.Last || _line <= line;
        }

        if (!Matches(command.From, space))
            return false;
        _inRange[index] = command.To.Line is not { } to || to == SedAddress.Last ? _line < lines.Count : to > _line;
        return true;
    }

    private bool Matches(SedAddress address, string space) =>
        address.Pattern is { } pattern ? pattern.IsMatch(space) : address.Line == SedAddress.Last ? _line == lines.Count : address.Line == _line;

    private static string? Replace(SedCommand command, string space)
    {
        var result = new StringBuilder();
        var (at, number, any) = (0, 0, false);
        foreach (Match match in command.Pattern!.Matches(space))
        {
            number++;
            if (number < command.Occurrence)
                continue;
            result.Append(space, at, match.Index - at).Append(Expand(command.Text, match));
            at = match.Index + match.Length;
            any = true;
            if (!command.All)
                break;
        }

        return any ? result.Append(space, at, space.Length - at).ToString() : null;
    }

    private static string Expand(string replacement, Match match)
    {
        var result = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            var c = replacement[i];
            if (c == '&')
                result.Append(match.Value);
            else if (c != '\\' || i + 1 == replacement.Length)
                result.Append(c);
            else if (char.IsAsciiDigit(replacement[++i]))
                result.Append(match.Groups[replacement[i] - '0'].Value);
            else
                result.Append(replacement[i] switch { 'n' => '\n', 't' => '\t', var other => other });
        }

        return result.ToString();
    }

    private static string Transliterate(string space, string sets)
    {
        var half = sets.Length / 2;
        return string.Concat(space.Select(c => sets.IndexOf(c, 0, half) is var at and >= 0 ? sets[half + at] : c));
    }
}
