using OpsKit.Cli.Terminals;
using OpsKit.Connections.Yaml;

namespace OpsKit.Cli.Commands.Runs;

/// <summary>What a run under way asks the operator. One question at a time.</summary>
internal sealed class RunQuestions(Terminal terminal, Agreement agreement, TimeProvider clock) : IDisposable
{
    /// <summary>How long a guard may stay undecided where nobody can be asked.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How long in a rehearsal, where it is this machine that was held up, or a fault that stays.</summary>
    public static readonly TimeSpan PatienceInRehearsals = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Called before and after a question: the screen is the question's meanwhile.</summary>
    public Action<bool> Asking { get; set; } = static _ => { };

    public void Dispose() => _one.Dispose();

    public async Task<bool> GoOnAsync(string question, CancellationToken ct)
    {
        if (terminal.Capabilities.Interactive)
            return await AskAsync($"{question} [y/N]", ct);
        var patience = agreement.Rehearsal ? PatienceInRehearsals : Patience;
        terminal.Warn($"{question} Nobody can be asked here: waiting up to {Durations.Words(patience)} for the guard to make up its mind");
        await Task.Delay(patience, clock, ct);
        return false;
    }

    public async Task<bool> ContinueAsync(string instructions, CancellationToken ct)
    {
        if (!agreement.InAdvance)
            return terminal.Capabilities.Interactive && await AskAsync($"{instructions}\nGo on? [y/N]", ct);
        terminal.Say($"{instructions} (agreed to in advance)");
        return true;
    }

    private async Task<bool> AskAsync(string question, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            Asking(true);
            return await terminal.AskLineAsync(question, ct) is { } answer && answer.Trim().ToLowerInvariant() is "y" or "yes";
        }
        finally
        {
            Asking(false);
            _one.Release();
        }
    }
}
