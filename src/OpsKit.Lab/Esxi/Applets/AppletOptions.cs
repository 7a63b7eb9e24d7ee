using System.Globalization;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>A program was called as it cannot be.</summary>
internal sealed class AppletUsageException(string message, int status = 1) : Exception(message)
{
    public int Status => status;
}

/// <summary>The options and operands of a program, in the manner of getopt.</summary>
internal sealed class AppletOptions
{
    private readonly Dictionary<char, List<string>> _values = [];

    private AppletOptions(IReadOnlyList<string> operands) => Operands = operands;

    public IReadOnlyList<string> Operands { get; private set; }

    /// <summary>Reads the arguments of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="letters">The options there are; a colon behind those that take a value.</param>
    /// <param name="stopAtOperand">Whether what follows the first operand are no options any more.</param>
    /// <exception cref="AppletUsageException">There is an unknown option, or one lacks its value.</exception>
    public static AppletOptions Parse(HostCall call, string letters, bool stopAtOperand = false)
    {
        var operands = new List<string>();
        var options = new AppletOptions(operands);
        var words = call.Words;
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "--")
            {
                operands.AddRange(words.Skip(i + 1));
                break;
            }

            if (words[i] is not ['-', _, ..] word)
            {
                operands.Add(words[i]);
                if (!stopAtOperand)
                    continue;
                operands.AddRange(words.Skip(i + 1));
                break;
            }

            i = options.Take(word, words, i, letters);
        }

        return options;
    }

    public bool Has(char letter) => _values.ContainsKey(letter);

    /// <summary>The value given last.</summary>
    public string? Value(char letter) => _values.GetValueOrDefault(letter)?[^1];

    public IReadOnlyList<string> Values(char letter) => _values.GetValueOrDefault(letter, []);

    /// <summary>A value that is to be a whole number.</summary>
    public long? Number(char letter)
    {
        if (Value(letter) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new AppletUsageException($"invalid number '{text}'");
    }

    private int Take(string word, IReadOnlyList<string> words, int at, string letters)
    {
        for (var i = 1; i < word.Length; i++)
        {
            var place = word[i] == ':' ? -1 : letters.IndexOf(word[i], StringComparison.Ordinal);
            if (place < 0)
                throw new AppletUsageException(word[1] == '-' ? $"unrecognized option '{word}'" : $"invalid option -- '{word[i]}'");
            var takesValue = place + 1 < letters.Length && letters[place + 1] == ':';
            if (!takesValue)
            {
                Add(word[i], "");
                continue;
            }

            if (i + 1 < word.Length)
                Add(word[i], word[(i + 1)..]);
            else if (at + 1 < words.Count)
                Add(word[i], words[++at]);
            else
                throw new AppletUsageException($"option requires an argument -- '{word[i]}'");
            break;
        }

        return at;
    }

    private void Add(char letter, string value)
    {
        if (!_values.TryGetValue(letter, out var values))
            _values[letter] = values = [];
        values.Add(value);
    }
}
