namespace OpsKit.Lab.Esxi.Ash;

/// <summary>
/// A pattern of <c>case</c>, of file names and of <c>${x#…}</c>; a backslash makes the next character plain. Matching takes time proportional to the text
/// times the pattern, whatever is in them.
/// </summary>
internal sealed class ShellPattern
{
    private readonly List<Element> _elements = [];

    public ShellPattern(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    if (_elements is not [.., { Star: true }])
                        _elements.Add(new Element(null, Star: true));
                    break;
                case '?':
                    _elements.Add(new Element(static _ => true));
                    break;
                case '[' when Bracket(pattern, i) is { } set:
                    _elements.Add(new Element(set.Matches));
                    i = set.End;
                    break;
                default:
                    if (pattern[i] == '\\' && i + 1 < pattern.Length)
                        i++;
                    var plain = pattern[i];
                    _elements.Add(new Element(c => c == plain));
                    break;
            }
        }
    }

    private sealed record Element(Func<char, bool>? Matches, bool Star = false);

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        var last = -1;
        foreach (var length in PrefixLengths(text.Length, i => i, text))
            last = length;
        return last == text.Length;
    }

    /// <summary>How long a matching beginning is; -1 for none.</summary>
    public int MatchPrefix(string text, bool longest) => Choose(PrefixLengths(text.Length, i => i, text), longest);

    /// <summary>How long a matching end is; -1 for none.</summary>
    public int MatchSuffix(string text, bool longest)
    {
        var reversed = new ShellPattern(_elements.AsEnumerable().Reverse());
        return Choose(reversed.PrefixLengths(text.Length, i => text.Length - 1 - i, text), longest);
    }

    private ShellPattern(IEnumerable<Element> elements) => _elements.AddRange(elements);

    private static int Choose(List<int> lengths, bool longest) => lengths.Count == 0 ? -1 : longest ? lengths[^1] : lengths[0];

    /// <summary>All lengths of the text's beginning that match, by keeping track of every place in the pattern at once.</summary>
    private List<int> PrefixLengths(int length, Func<int, int> place, ReadOnlySpan<char> text)
    {
        var found = new List<int>();
        var (now, next) = (new bool[_elements.Count + 1], new bool[_elements.Count + 1]);
        now[0] = true;
        Pass(now);
        for (var i = 0; ; i++)
        {
            if (now[^1])
                found.Add(i);
            if (i == length)
                return found;
            Array.Clear(next);
            var alive = false;
            for (var at = 0; at < _elements.Count; at++)
            {
                if (!now[at])
                    continue;
                if (_elements[at].Star)
                    alive = next[at] = true;
                else if (_elements[at].Matches!(text[place(i)]))
                    alive = next[at + 1] = true;
            }

            if (!alive)
                return found;
            Pass(next);
            (now, next) = (next, now);
        }
    }

    /// <summary>A star may stand for nothing.</summary>
    private void Pass(bool[] places)
    {
        for (var at = 0; at < _elements.Count; at++)
        {
            if (places[at] && _elements[at].Star)
                places[at + 1] = true;
        }
    }

    /// <summary>A set such as <c>[!a-z_[:digit:]]</c>; null where the bracket is no set.</summary>
    private static (Func<char, bool> Matches, int End)? Bracket(string pattern, int start)
    {
        var i = start + 1;
        var negated = i < pattern.Length && pattern[i] is '!' or '^';
        if (negated)
            i++;
        var tests = new List<Func<char, bool>>();
        for (var first = true; i < pattern.Length; first = false)
        {
            if (pattern[i] == ']' && !first)
                return (c => tests.Exists(test => test(c)) != negated, i);
            if (pattern[i] == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':' && pattern.IndexOf(":]", i + 2, StringComparison.Ordinal) is var close and > 0)
            {
                if (CharacterClass.Of(pattern[(i + 2)..close]) is { } test)
                    tests.Add(test);
                i = close + 2;
                continue;
            }

            var from = One(pattern, ref i);
            if (from == '/')
                return null;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                i++;
                var to = One(pattern, ref i);
                tests.Add(c => c >= from && c <= to);
            }
            else
            {
                tests.Add(c => c == from);
            }
        }

        return null;
    }

    private static char One(string pattern, ref int place)
    {
        if (pattern[place] == '\\' && place + 1 < pattern.Length)
            place++;
        return pattern[place++];
    }
}
