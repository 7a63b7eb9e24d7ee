using OpsKit.Connections.Platform;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Judges what VCSU said and how it ended. Pure.</summary>
internal static class VcsuOutput
{
    /// <summary>Why an action that only looks or saves did not succeed; null where it did: it ended with 0 and complains of nothing.</summary>
    public static string? WhyNot(VcsuFacts facts, ProcessResult result)
    {
        if (Complaint(facts, result) is { } complaint)
            return complaint;
        return result.ExitCode == 0 ? null : $"it ended with exit code {result.ExitCode}{Last(result)}";
    }

    /// <summary>Why an update did not succeed; null where it did: it also says so. An exit code of 0 alone is no success.</summary>
    public static string? WhyNotUpdated(VcsuFacts facts, ProcessResult result) =>
        WhyNot(facts, result) ?? (Holds(result.Output, facts.Success) ? null : $"it ended with exit code 0 and does not say \"{facts.Success[0]}\"{Last(result)}");

    /// <summary>What its help lacks for an activation by hand; null for nothing.</summary>
    public static string? LacksByHand(VcsuFacts facts, ProcessResult help)
    {
        var missing = facts.HelpMustName.Where(word => !Holds(help.Output + help.Error, [word])).ToList();
        return missing.Count == 0 ? null : $"its help does not name {string.Join(", ", missing)}";
    }

    public static bool Holds(string text, IReadOnlyList<string> words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string? Complaint(VcsuFacts facts, ProcessResult result) =>
        Lines(result).FirstOrDefault(line => Holds(line, facts.Failure)) is { } line ? line.Trim() : null;

    private static string Last(ProcessResult result) => Lines(result).LastOrDefault(line => line.Trim().Length > 0) is { } last ? $"; its last words: {last.Trim()}" : "";

    private static string[] Lines(ProcessResult result) => $"{result.Output}\n{result.Error}".Split('\n');
}
