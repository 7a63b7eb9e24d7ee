namespace OpsKit.Lab.Esxi.Files;

/// <summary>Permission bits as <c>chmod</c> takes them: <c>0755</c>, <c>u+x,go-w</c>.</summary>
internal static class ModeText
{
    /// <summary>The bits; null where the text is no mode.</summary>
    /// <param name="text">The mode.</param>
    /// <param name="now">What a change starts from.</param>
    /// <param name="isFolder">What <c>X</c> depends on.</param>
    public static int? Parse(string text, int now, bool isFolder)
    {
        if (text.Length is > 0 and <= 5 && text.All(c => c is >= '0' and <= '7'))
            return Convert.ToInt32(text, 8) is var bits and <= 0b111_111_111_111 ? bits : null;
        foreach (var clause in text.Split(','))
        {
            if (Apply(clause, now, isFolder) is not { } next)
                return null;
            now = next;
        }

        return now;
    }

    private static int? Apply(string clause, int now, bool isFolder)
    {
        var at = clause.IndexOfAny(['+', '-', '=']);
        if (at < 0)
            return null;
        var mask = 0;
        foreach (var who in at == 0 ? "a" : clause[..at])
        {
            switch (who)
            {
                case 'u':
                    mask |= 0b111_000_000;
                    break;
                case 'g':
                    mask |= 0b000_111_000;
                    break;
                case 'o':
                    mask |= 0b000_000_111;
                    break;
                case 'a':
                    mask |= 0b111_111_111;
                    break;
                default:
                    return null;
            }
        }

        var bits = 0;
        foreach (var what in clause[(at + 1)..])
        {
            switch (what)
            {
                case 'r':
                    bits |= 0b100_100_100;
                    break;
                case 'w':
                    bits |= 0b010_010_010;
                    break;
                case 'x':
                case 'X' when isFolder || (now & 0b001_001_001) != 0:
                    bits |= 0b001_001_001;
                    break;
                case 'X' or 's':
                    break;
                case 't':
                    bits |= 0b001_000_000_000;
                    mask |= 0b001_000_000_000;
                    break;
                default:
                    return null;
            }
        }

        return clause[at] switch
        {
            '+' => now | (bits & mask),
            '-' => now & ~(bits & mask),
            _ => (now & ~mask) | (bits & mask),
        };
    }
}
