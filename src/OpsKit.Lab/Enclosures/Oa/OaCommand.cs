using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.Oa;

/// <summary>A command of the Onboard Administrator's command line. A new one is one entry in its family's list.</summary>
/// <param name="Words">What it is called by, such as <c>SHOW OA STATUS</c>.</param>
/// <param name="Usage">What follows the words; empty for nothing.</param>
/// <param name="Summary">What <c>HELP</c> says about it.</param>
internal sealed record OaCommand(string Words, string Usage, string Summary)
{
    private readonly string[] _words = Words.Split(' ');

    public IReadOnlyList<string> Parts => _words;

    /// <summary>Whether it changes something; it then needs more than a user's rights.</summary>
    public OperationKind Kind { get; init; } = OperationKind.Query;

    /// <summary>Whether a standby answers it about itself.</summary>
    public bool OnStandby { get; init; }

    /// <summary>What an interactive session asks before it is done; null for nothing.</summary>
    public string? Question { get; init; }

    /// <summary>Writes the answer; called under the estate's gate, for what only looks.</summary>
    public Action<OaCall>? Show { get; init; }

    /// <summary>Does what the command says.</summary>
    public Func<OaCall, CancellationToken, Task>? Act { get; init; }

    public static OaCommand Showing(string words, string usage, string summary, Action<OaCall> show) => new(words, usage, summary) { Show = show };

    public static OaCommand Acting(string words, string usage, string summary, Func<OaCall, CancellationToken, Task> act) =>
        new(words, usage, summary) { Act = act, Kind = OperationKind.Change };

    /// <inheritdoc cref="Acting(string, string, string, Func{OaCall, CancellationToken, Task})"/>
    public static OaCommand Acting(string words, string usage, string summary, Action<OaCall> act) => Acting(words, usage, summary, (call, _) =>
    {
        act(call);
        return Task.CompletedTask;
    });

    /// <summary>Whether a command line begins with its words.</summary>
    public bool Leads(IReadOnlyList<string> line) =>
        line.Count >= _words.Length && _words.Zip(line).All(static pair => pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
}
