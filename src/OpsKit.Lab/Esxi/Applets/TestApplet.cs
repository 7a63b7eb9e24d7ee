using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>test</c> and <c>[ … ]</c>.</summary>
internal static class TestApplet
{
    public static Task<int> RunAsync(HostCall call)
    {
        var words = call.Words;
        if (call.Name is "[" or "[[")
        {
            if (words.Count == 0 || words[^1] != (call.Name == "[" ? "]" : "]]"))
                return Task.FromResult(call.Fail($"missing {(call.Name == "[" ? "]" : "]]")}", 2));
            words = [.. words.Take(words.Count - 1)];
        }

        if (words.Count > 1000)
            return Task.FromResult(call.Fail("too many arguments", 2));
        try
        {
            return Task.FromResult(new TestExpression(call, words).Evaluate() ? 0 : 1);
        }
        catch (AppletUsageException e)
        {
            return Task.FromResult(call.Fail(e.Message, 2));
        }
    }

    private sealed class TestExpression(HostCall call, IReadOnlyList<string> words)
    {
        private int _at;

        public bool Evaluate()
        {
            switch (words.Count)
            {
                case 0:
                    return false;
                case 1:
                    return words[0].Length > 0;
                case 2 when words[0] == "!":
                    return words[1].Length == 0;
                case 3 when IsBinary(words[1]):
                    return Binary(words[0], words[1], words[2]);
                case 4 when words[0] == "!" && IsBinary(words[2]):
                    return !Binary(words[1], words[2], words[3]);
            }

            var value = Or();
            return _at == words.Count ? value : throw new AppletUsageException($"{words[_at]}: unknown operand");
        }

        private bool Or()
        {
            var value = And();
            while (Take("-o") || Take("||"))
                value |= And();
            return value;
        }

        private bool And()
        {
            var value = Not();
            while (Take("-a") || Take("&&"))
                value &= Not();
            return value;
        }

        private bool Not() => Take("!") ? !Not() : Primary();

        private bool Primary()
        {
            if (_at == words.Count)
                throw new AppletUsageException("argument expected");
            if (_at + 2 < words.Count && IsBinary(words[_at + 1]))
                return Binary(words[_at++], words[_at++], words[_at++]);
            if (Take("("))
            {
                var inner = Or();
                return Take(")") ? inner : throw new AppletUsageException("closing paren expected");
            }

            if (words[_at] is ['-', _] && _at + 1 < words.Count && IsUnary(words[_at][1]))
                return Unary(words[_at++][1], words[_at++]);
            return words[_at++].Length > 0;
        }

        private bool Take(string word)
        {
            if (_at >= words.Count || words[_at] != word)
                return false;
            _at++;
            return true;
        }

        private static bool IsUnary(char letter) => "bcdefghknprstuwxzLSGO".Contains(letter, StringComparison.Ordinal);

        private static bool IsBinary(string word) =>
            word is "=" or "==" or "!=" or "<" or ">" or "-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge" or "-nt" or "-ot" or "-ef" or "=~";

        private bool Unary(char letter, string operand)
        {
            switch (letter)
            {
                case 'z':
                    return operand.Length == 0;
                case 'n':
                    return operand.Length > 0;
                case 't':
                    return call.Descriptors[(int)Math.Clamp(Number(operand), 0, 255)] is { IsTerminal: true };
            }

            return Find(operand, followLast: letter is not ('h' or 'L')) is { } file && letter switch
            {
                'f' => file.Kind == HostFileKind.File,
                'd' => file.IsFolder,
                'c' => file.Kind == HostFileKind.Device,
                's' => file.Size > 0,
                'x' => file.IsFolder || file.IsExecutable,
                'h' or 'L' => file.LinkTarget is not null,
                'k' => (file.Mode & 0b001_000_000_000) != 0,
                'b' or 'p' or 'S' or 'g' or 'u' => false,
                _ => true,
            };
        }

        private bool Binary(string left, string sign, string right) => sign switch
        {
            "=" => left == right,
            "==" => call.Name == "[[" ? new ShellPattern(right).IsMatch(left) : left == right,
            "!=" => call.Name == "[[" ? !new ShellPattern(right).IsMatch(left) : left != right,
            "<" => string.CompareOrdinal(left, right) < 0,
            ">" => string.CompareOrdinal(left, right) > 0,
            "=~" => PosixRegex.Create(right, extended: true).IsMatch(left),
            "-nt" => Find(left) is { } newer && Find(right) is { } older && newer.Modified > older.Modified,
            "-ot" => Find(left) is { } old && Find(right) is { } recent && old.Modified < recent.Modified,
            "-ef" => Find(left) is not null && call.Files.Map(call.PathOf(left)) == call.Files.Map(call.PathOf(right)),
            "-eq" => Number(left) == Number(right),
            "-ne" => Number(left) != Number(right),
            "-lt" => Number(left) < Number(right),
            "-le" => Number(left) <= Number(right),
            "-gt" => Number(left) > Number(right),
            _ => Number(left) >= Number(right),
        };

        private HostFileInfo? Find(string path, bool followLast = true)
        {
            try
            {
                return path.Length == 0 ? null : call.Files.Find(call.PathOf(path), followLast);
            }
            catch (Exception e) when (HostFileException.IsFileFailure(e))
            {
                return null;
            }
        }

        private static long Number(string text) => ShellNumber.Decimal(text) ?? throw new AppletUsageException($"{text}: bad number");
    }
}
