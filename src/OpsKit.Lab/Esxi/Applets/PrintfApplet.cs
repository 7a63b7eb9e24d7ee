using System.Globalization;
using System.Text;
using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>printf format [argument]…</c>.</summary>
internal static class PrintfApplet
{
    private const int MostWidth = 4096;

    public static Task<int> RunAsync(HostCall call)
    {
        var words = call.Words is ["--", ..] ? [.. call.Words.Skip(1)] : call.Words;
        if (words.Count == 0)
        {
            call.ErrorOut.Write("printf: usage: printf FORMAT [ARG]...\n");
            return Task.FromResult(2);
        }

        var run = new Run(call, words);
        do
        {
            run.Round(words[0]);
        }
        while (!run.Stopped && run.HasMore && run.Used);
        return Task.FromResult(run.Status);
    }

    private sealed class Run(HostCall call, IReadOnlyList<string> words)
    {
        private int _next = 1;

        public bool Stopped { get; private set; }

        public bool Used { get; private set; }

        public int Status { get; private set; }

        public bool HasMore => _next < words.Count;

        public void Round(string format)
        {
            for (var i = 0; i < format.Length && !Stopped; i++)
            {
                if (format[i] == '\\')
                {
                    var end = EscapeEnd(format, i);
                    var (text, stop) = Escapes.Expand(format[i..end], zeroFirst: false);
                    call.Out.Write(text);
                    Stopped = stop;
                    i = end - 1;
                }
                else if (format[i] == '%' && i + 1 < format.Length)
                {
                    i = Directive(format, i + 1);
                }
                else
                {
                    call.Out.Write(format[i].ToString());
                }
            }
        }

        private static int EscapeEnd(string format, int at)
        {
            var end = at + 2;
            if (end > format.Length)
                return format.Length;
            var (most, test) = format[at + 1] switch
            {
                'x' => (2, (Func<char, bool>)char.IsAsciiHexDigit),
                >= '0' and <= '7' => (2, static c => c is >= '0' and <= '7'),
                _ => (0, static _ => false),
            };
            while (most-- > 0 && end < format.Length && test(format[end]))
                end++;
            return end;
        }

        private int Directive(string format, int at)
        {
            var flags = "";
            while (at < format.Length && "-+ #0".Contains(format[at], StringComparison.Ordinal))
                flags += format[at++];
            var width = Size(format, ref at) ?? 0;
            if (width < 0)
                (flags, width) = (flags + "-", -width);
            int? precision = null;
            if (at < format.Length && format[at] == '.')
            {
                at++;
                precision = Size(format, ref at) ?? 0;
            }

            while (at < format.Length && format[at] is 'l' or 'h' or 'z' or 'j')
                at++;
            if (at == format.Length)
            {
                Status = call.Fail($"{format}: invalid format");
                Stopped = true;
                return at;
            }

            Print(format[at], flags, width, precision);
            return at;
        }

        private int? Size(string format, ref int at)
        {
            if (at < format.Length && format[at] == '*')
            {
                at++;
                return (int)Math.Clamp(Whole(Argument()), -MostWidth, MostWidth);
            }

            var start = at;
            while (at < format.Length && char.IsAsciiDigit(format[at]))
                at++;
            return at == start ? null : int.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? Math.Min(size, MostWidth) : MostWidth;
        }

        private void Print(char directive, string flags, int width, int? precision)
        {
            switch (directive)
            {
                case '%':
                    call.Out.Write("%");
                    return;
                case 'c':
                    Pad(Argument() is { Length: > 0 } one ? one[..1] : "", flags, width);
                    return;
                case 's':
                    var text = Argument();
                    Pad(precision < text.Length ? text[..precision.Value] : text, flags, width);
                    return;
                case 'b':
                    var (expanded, stop) = Escapes.Expand(Argument(), zeroFirst: true);
                    Pad(precision < expanded.Length ? expanded[..precision.Value] : expanded, flags, width);
                    Stopped |= stop;
                    return;
                case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                    PrintWhole(directive, Whole(Argument()), flags, width, precision);
                    return;
                case 'f' or 'F' or 'e' or 'E' or 'g' or 'G':
                    PrintReal(directive, flags, width, precision);
                    return;
                default:
                    Status = call.Fail($"%{directive}: invalid format");
                    Stopped = true;
                    return;
            }
        }

        private void PrintWhole(char directive, long value, string flags, int width, int? precision)
        {
            var digits = directive switch
            {
                'x' => Convert.ToString(value, 16),
                'X' => Convert.ToString(value, 16).ToUpperInvariant(),
                'o' => Convert.ToString(value, 8),
                'u' => unchecked((ulong)value).ToString(CultureInfo.InvariantCulture),
                _ => value.ToString(CultureInfo.InvariantCulture).TrimStart('-'),
            };
            if (precision is { } least)
                digits = digits.PadLeft(least, '0');
            var sign = directive is 'd' or 'i' ? value < 0 ? "-" : flags.Contains('+', StringComparison.Ordinal) ? "+" : flags.Contains(' ', StringComparison.Ordinal) ? " " : "" : "";
            if (flags.Contains('#', StringComparison.Ordinal) && value != 0)
                sign = directive switch { 'x' => "0x", 'X' => "0X", 'o' => "0", _ => sign };
            PadNumber(sign, digits, precision is null ? flags : flags.Replace("0", "", StringComparison.Ordinal), width);
        }

        private void PrintReal(char directive, string flags, int width, int? precision)
        {
            var argument = Argument();
            var value = 0.0;
            if (argument.Length > 0 && !double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
                Status = call.Fail($"invalid number '{argument}'");
            var digits = char.ToLowerInvariant(directive) switch
            {
                'f' => Math.Abs(value).ToString("F" + Math.Min(precision ?? 6, 60), CultureInfo.InvariantCulture),
                'e' => Math.Abs(value).ToString((precision ?? 6) == 0 ? "0e+00" : "0." + new string('0', Math.Min(precision ?? 6, 60)) + "e+00", CultureInfo.InvariantCulture),
                _ => Math.Abs(value).ToString("G" + Math.Clamp(precision ?? 6, 1, 17), CultureInfo.InvariantCulture),
            };
            PadNumber(value < 0 ? "-" : flags.Contains('+', StringComparison.Ordinal) ? "+" : "", char.IsAsciiLetterUpper(directive) ? digits.ToUpperInvariant() : digits, flags, width);
        }

        private void PadNumber(string sign, string digits, string flags, int width)
        {
            if (flags.Contains('0', StringComparison.Ordinal) && !flags.Contains('-', StringComparison.Ordinal))
                digits = digits.PadLeft(Math.Max(0, width - sign.Length), '0');
            Pad(sign + digits, flags, width);
        }

        private void Pad(string text, string flags, int width) => call.Out.Write(flags.Contains('-', StringComparison.Ordinal) ? text.PadRight(width) : text.PadLeft(width));

        private string Argument()
        {
            Used = true;
            return HasMore ? words[_next++] : "";
        }

        private long Whole(string argument)
        {
            if (argument.Length > 0 && argument[0] is '\'' or '"')
                return argument.Length > 1 ? argument[1] : 0;
            if (ShellNumber.Parse(argument.Trim()) is { } value)
                return value;
            Status = call.Fail($"invalid number '{argument}'");
            return 0;
        }
    }
}
