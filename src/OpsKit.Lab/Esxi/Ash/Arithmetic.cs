using System.Globalization;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Evaluates <c>$((…))</c>: whole numbers of 64 bits, the operators of C, assignments.</summary>
internal sealed class Arithmetic(string text, Func<string, string?> read, Action<string, string> write)
{
    private const int MostNesting = 60;

    private static readonly string[][] Levels =
    [
        ["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<=", ">=", "<", ">"], ["<<", ">>"], ["+", "-"], ["*", "/", "%"],
    ];

    private int _at;
    private int _depth;

    /// <exception cref="ShellFailureException">It is no expression, or divides by zero.</exception>
    public long Evaluate()
    {
        SkipBlanks();
        if (_at == text.Length)
            return 0;
        var value = Comma(evaluate: true);
        return _at == text.Length ? value : throw Wrong();
    }

    private long Comma(bool evaluate)
    {
        var value = Assign(evaluate);
        while (Take(","))
            value = Assign(evaluate);
        return value;
    }

    private long Assign(bool evaluate)
    {
        if (++_depth > MostNesting)
            throw Wrong();
        var value = AssignOrTernary(evaluate);
        _depth--;
        return value;
    }

    private long AssignOrTernary(bool evaluate)
    {
        var start = _at;
        if (Name() is { } name)
        {
            foreach (var sign in (string[])["<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "="])
            {
                if (!Looking(sign) || (sign == "=" && Looking("==")))
                    continue;
                Take(sign);
                var right = Assign(evaluate);
                var value = sign == "=" ? right : Apply(sign[..^1], Value(name, evaluate), right, evaluate);
                if (evaluate)
                    write(name, value.ToString(CultureInfo.InvariantCulture));
                return value;
            }

            _at = start;
        }

        var condition = Binary(0, evaluate);
        if (!Take("?"))
            return condition;
        var yes = Assign(evaluate && condition != 0);
        if (!Take(":"))
            throw Wrong();
        var no = Assign(evaluate && condition == 0);
        return condition != 0 ? yes : no;
    }

    private long Binary(int level, bool evaluate)
    {
        if (level == Levels.Length)
            return Power(evaluate);
        var left = Binary(level + 1, evaluate);
        while (Array.Find(Levels[level], sign => LookingAtOperator(sign)) is { } found)
        {
            Take(found);
            var needed = evaluate && found switch { "&&" => left != 0, "||" => left == 0, _ => true };
            var right = Binary(level + 1, needed);
            left = Apply(found, left, right, needed || found is "&&" or "||");
        }

        return left;
    }

    private long Power(bool evaluate)
    {
        var value = Unary(evaluate);
        if (!Take("**"))
            return value;
        var exponent = Assign(evaluate);
        if (exponent < 0)
            throw new ShellFailureException("arithmetic syntax error");
        var result = 1L;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result *= value;
            value *= value;
        }

        return result;
    }

    private long Unary(bool evaluate)
    {
        if (++_depth > MostNesting)
            throw Wrong();
        try
        {
            SkipBlanks();
            if (Take("++") || Looking("--"))
            {
                var step = Take("--") ? -1 : 1;
                return Name() is { } name ? Step(name, step, evaluate) : Unary(evaluate);
            }

            if (Take("-"))
                return unchecked(-Unary(evaluate));
            if (Take("+"))
                return Unary(evaluate);
            if (!Looking("!=") && Take("!"))
                return Unary(evaluate) == 0 ? 1 : 0;
            return Take("~") ? ~Unary(evaluate) : Primary(evaluate);
        }
        finally
        {
            _depth--;
        }
    }

    private long Primary(bool evaluate)
    {
        if (Take("("))
        {
            var inner = Comma(evaluate);
            return Take(")") ? inner : throw Wrong();
        }

        if (Name() is { } name)
        {
            var value = Value(name, evaluate);
            if (Take("++"))
                Step(name, 1, evaluate);
            else if (Take("--"))
                Step(name, -1, evaluate);
            return value;
        }

        var start = _at;
        while (_at < text.Length && (ShellNames.IsPart(text[_at]) || text[_at] == '#'))
            _at++;
        var number = ShellNumber.Parse(text[start.._at]) ?? throw Wrong();
        SkipBlanks();
        return number;
    }

    private long Step(string name, int step, bool evaluate)
    {
        var value = Value(name, evaluate) + step;
        if (evaluate)
            write(name, value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    /// <summary>A variable's value is an expression itself.</summary>
    private long Value(string name, bool evaluate)
    {
        if (!evaluate || read(name) is not { Length: > 0 } value)
            return 0;
        return ShellNumber.Parse(value.Trim()) ?? (_depth < MostNesting ? new Arithmetic(value, read, write) { _depth = _depth + 1 }.Evaluate() : throw Wrong());
    }

    private static long Apply(string sign, long left, long right, bool evaluate)
    {
        if (!evaluate)
            return 0;
        if (sign is "/" or "%" && right == 0)
            throw new ShellFailureException("divide by zero");
        return unchecked(sign switch
        {
            "||" => left != 0 || right != 0 ? 1 : 0,
            "&&" => left != 0 && right != 0 ? 1 : 0,
            "|" => left | right,
            "^" => left ^ right,
            "&" => left & right,
            "==" => left == right ? 1 : 0,
            "!=" => left != right ? 1 : 0,
            "<=" => left <= right ? 1 : 0,
            ">=" => left >= right ? 1 : 0,
            "<" => left < right ? 1 : 0,
            ">" => left > right ? 1 : 0,
            "<<" => left << (int)right,
            ">>" => left >> (int)right,
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" => right == -1 ? -left : left / right,
            _ => right == -1 ? 0 : left % right,
        });
    }

    private string? Name()
    {
        SkipBlanks();
        if (_at == text.Length || !ShellNames.IsStart(text[_at]))
            return null;
        var start = _at;
        while (_at < text.Length && ShellNames.IsPart(text[_at]))
            _at++;
        var name = text[start.._at];
        SkipBlanks();
        return name;
    }

    /// <summary>A sign that is not the beginning of a longer one.</summary>
    private bool LookingAtOperator(string sign)
    {
        if (!Looking(sign))
            return false;
        var after = _at + sign.Length < text.Length ? text[_at + sign.Length] : ' ';
        return sign switch
        {
            "|" or "&" => after != sign[0] && after != '=',
            "<" or ">" => after != sign[0],
            "*" => after is not ('*' or '='),
            "+" or "-" or "/" or "%" or "^" or "<<" or ">>" => after != '=',
            _ => true,
        };
    }

    private bool Looking(string sign) => string.CompareOrdinal(text, _at, sign, 0, sign.Length) == 0;

    private bool Take(string sign)
    {
        SkipBlanks();
        if (!Looking(sign))
            return false;
        _at += sign.Length;
        SkipBlanks();
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    private static ShellFailureException Wrong() => new("arithmetic syntax error");
}
