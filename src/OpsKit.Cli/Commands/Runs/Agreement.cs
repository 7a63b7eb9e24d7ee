using System.CommandLine;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Cli.Commands.Runs;

/// <summary>Gets the operator's agreement: typed on a terminal, given in advance anywhere else.</summary>
/// <param name="Yes"><c>--yes</c>.</param>
/// <param name="Name"><c>--confirm</c>.</param>
internal sealed record Agreement(bool Yes, string? Name)
{
    /// <summary>Whether nothing is at stake: what a real run would ask is told, not asked.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>Whether anything was agreed to in advance.</summary>
    public bool InAdvance => Yes || Name is not null;

    public static Option<bool> YesOption() => new("--yes", "-y")
    {
        Description = "Agree in advance to what has no severe impact, and answer pause steps",
        Arity = ArgumentArity.Zero,
    };

    public static Option<string?> ConfirmOption() => new("--confirm")
    {
        HelpName = "NAME",
        Description = "Agree in advance to a severe impact: the name that would be asked for",
    };

    /// <summary>Ends where the operator agreed.</summary>
    /// <returns>False where he declined.</returns>
    /// <exception cref="OpsKitException">Kind Usage: nobody can be asked and the agreement in advance does not suffice.</exception>
    public async Task<bool> GetAsync(Approval demand, Terminal terminal, CancellationToken ct)
    {
        if (Rehearsal)
        {
            terminal.Say(demand.Kind switch
            {
                ApprovalKind.Name => $"a real run would ask for the name {demand.Name} here ({demand.Impact.Word()}: {demand.Impact.Meaning()})",
                ApprovalKind.Yes => "a real run would ask for a yes here",
                _ => "a real run would ask for nothing here",
            });
            return true;
        }

        if (Name is not null && demand.Kind == ApprovalKind.Name && !Matches(Name, demand))
            throw new OpsKitException(FailureKind.Usage, $"--confirm {Name} is not what this plan touches", next: $"read the plan; then --confirm {Word(demand.Name)}");
        switch (demand.Kind)
        {
            case ApprovalKind.None:
            case ApprovalKind.Yes when InAdvance:
            case ApprovalKind.Name when Name is not null:
                return RequireAnswers(demand, terminal);
        }

        if (!terminal.Capabilities.Interactive)
        {
            throw new OpsKitException(
                FailureKind.Usage,
                demand.Kind == ApprovalKind.Name ? $"this needs the agreement of an operator ({demand.Impact.Word()}: {demand.Impact.Meaning()}), and nobody can be asked here" : "this needs the agreement of an operator, and nobody can be asked here",
                next: demand.Kind == ApprovalKind.Name ? $"read the plan; then add --confirm {Word(demand.Name)}" : "read the plan; then add --yes");
        }

        if (demand.Kind == ApprovalKind.Yes)
            return await terminal.AskLineAsync("Apply this plan? [y/N]", ct) is { } answer && answer.Trim().ToLowerInvariant() is "y" or "yes";
        terminal.Warn($"{demand.Impact.Word()}: {demand.Impact.Meaning()}");
        return await terminal.AskLineAsync($"Type {demand.Name} to apply this plan:", ct) is { } typed && Matches(typed.Trim(), demand);
    }

    private bool RequireAnswers(Approval demand, Terminal terminal) => !demand.Pauses || InAdvance || terminal.Capabilities.Interactive
        ? true
        : throw new OpsKitException(FailureKind.Usage, "a step waits for an operator, and nobody can be asked here", next: "run it on a terminal, or add --yes where what it asks for is done");

    private static bool Matches(string typed, Approval demand) => string.Equals(typed, demand.Name, StringComparison.OrdinalIgnoreCase);

    private static string Word(string name) => name.Contains(' ', StringComparison.Ordinal) ? $"\"{name}\"" : name;
}
