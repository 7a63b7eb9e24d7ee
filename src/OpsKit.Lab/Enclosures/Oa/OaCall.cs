using System.Text;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Oa;

/// <summary>One command in a session: what it was given, and the answer as it is written.</summary>
internal sealed class OaCall(OaSession session, OaCommand command, string[] arguments, string raw)
{
    private readonly StringBuilder _answer = new();

    public OaSession Session => session;

    public OaCommand Command => command;

    public EnclosureSite Site => session.Site;

    public LabEnclosure Enclosure => session.Site.Enclosure;

    public LabOa Oa => session.Oa;

    public string[] Arguments => arguments;

    /// <summary>Everything behind the command's words, as it was typed.</summary>
    public string Rest => raw;

    /// <summary>The arguments as one list of bays: blanks around commas and dashes do not matter.</summary>
    public string BayArgument => string.Concat(arguments.Where(static argument => char.IsAsciiDigit(argument[0]) || argument[0] is ',' or '-' || argument.Equals("ALL", StringComparison.OrdinalIgnoreCase)));

    public bool Has(string word) => arguments.Contains(word, StringComparer.OrdinalIgnoreCase);

    public void Line(string text = "") => _answer.Append(text).Append('\n');

    public void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Line(line);
    }

    public void Text(string text) => _answer.Append(text);

    /// <summary>What was written since the last time.</summary>
    public string Take()
    {
        var text = _answer.ToString();
        _answer.Clear();
        return text;
    }

    /// <summary>Shows what was written so far.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => session.ShowAsync(Take(), cancellationToken);

    /// <summary>The device bays meant; says what is wrong with them and returns none.</summary>
    /// <param name="orAll">Whether leaving them out means all.</param>
    public IReadOnlyList<int> DeviceBays(bool orAll = false) => Bays(Enclosure.DeviceBays, orAll);

    /// <summary>The interconnect bays meant; says what is wrong with them and returns none.</summary>
    /// <inheritdoc cref="DeviceBays"/>
    public IReadOnlyList<int> InterconnectBays(bool orAll = false) => Bays(Enclosure.InterconnectBays, orAll);

    /// <summary>What is in the bays meant and nothing speaks against; says which bays are empty and what speaks against others.</summary>
    /// <param name="bays">The bays; none where something was wrong with them.</param>
    /// <param name="find">What is in a bay; null for nothing.</param>
    /// <param name="emptiness">What is said of an empty one that was asked for by its number, before the number.</param>
    /// <param name="refusal">What speaks against it; null for nothing.</param>
    public List<T> Occupants<T>(IReadOnlyList<int> bays, Func<int, T?> find, string emptiness, Func<T, string?>? refusal)
        where T : class
    {
        var occupants = new List<T>();
        if (bays.Count > 0)
            Line();
        lock (Site.Estate.Gate)
        {
            foreach (var bay in bays)
            {
                if (find(bay) is { } occupant)
                {
                    if (refusal?.Invoke(occupant) is { } why)
                        Line(why);
                    else
                        occupants.Add(occupant);
                }
                else if (!BayArgument.Equals("ALL", StringComparison.OrdinalIgnoreCase))
                {
                    Line($"{emptiness} {bay}.");
                }
            }
        }

        return occupants;
    }

    /// <summary>Tells how the command is typed.</summary>
    public void WrongUsage()
    {
        Line();
        Line($"Invalid arguments. Usage: {command.Words} {command.Usage}".TrimEnd());
    }

    private IReadOnlyList<int> Bays(int count, bool orAll)
    {
        if (BayArgument.Length == 0 && (!orAll || arguments.Length > 0))
        {
            WrongUsage();
            return [];
        }

        var (bays, error) = BayList.Read(BayArgument, count);
        if (error is not null)
        {
            Line();
            Line(error);
        }

        return bays;
    }
}
