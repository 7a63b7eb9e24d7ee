using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect.Texts;

/// <summary>Reads <c>SHOW INTERCONNECT STATUS</c>, <c>INFO</c> and <c>LIST</c>.</summary>
internal static partial class InterconnectTexts
{
    /// <summary>The modules of the bays that were asked for; null for an empty bay.</summary>
    /// <param name="status">The answer to <c>SHOW INTERCONNECT STATUS</c>.</param>
    /// <param name="info">The answer to <c>SHOW INTERCONNECT INFO</c>, for the same bays.</param>
    /// <param name="bays">What was asked for, such as <c>ALL</c> or <c>2</c>.</param>
    /// <exception cref="Connections.OpsKitException">It cannot be understood, or one answer tells of bays the other does not.</exception>
    public static IReadOnlyDictionary<int, ModuleState?> Modules(string status, string info, string bays)
    {
        var (statusCommand, infoCommand) = ($"SHOW INTERCONNECT STATUS {bays}", $"SHOW INTERCONNECT INFO {bays}");
        var states = DeviceText.Blocks(status, StatusHeading, statusCommand).ToDictionary(block => block.Bay);
        var facts = DeviceText.Blocks(info, InfoHeading, infoCommand).ToDictionary(block => block.Bay);
        if (states.Keys.Except(facts.Keys).Concat(facts.Keys.Except(states.Keys)).ToList() is [var odd, ..])
            throw DeviceText.Unreadable(states.ContainsKey(odd) ? infoCommand : statusCommand, $"bay {odd} is missing");
        var modules = new SortedDictionary<int, ModuleState?>();
        foreach (var (bay, state) in states)
        {
            var (empty, absent) = (IsEmpty(state), IsAbsent(facts[bay]));
            if (empty != absent)
                throw DeviceText.Unreadable(infoCommand, $"bay {bay} is {(absent ? "empty" : "filled")} there, and {(empty ? "empty" : "filled")} in {statusCommand}");
            modules[bay] = empty ? null : Module(state, facts[bay], statusCommand, infoCommand);
        }

        return modules;
    }

    /// <summary>The management address by bay, the last column; bays without one are left out.</summary>
    /// <exception cref="Connections.OpsKitException">It does not end with its totals: it is cut short or something else.</exception>
    public static IReadOnlyDictionary<int, string> Addresses(string list)
    {
        const string command = "SHOW INTERCONNECT LIST";
        var lines = DeviceText.Lines(list).ToList();
        if (!lines.Exists(line => line.TrimStart().StartsWith("Totals:", StringComparison.OrdinalIgnoreCase)))
            throw DeviceText.Unreadable(command, "it does not end with its totals");
        var addresses = new SortedDictionary<int, string>();
        foreach (var line in lines)
        {
            if (Row.Match(line) is { Success: true } row && int.TryParse(row.Groups["bay"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bay)
                && DeviceText.Said(row.Groups["address"].Value) is { } address && !addresses.TryAdd(bay, address))
            {
                throw DeviceText.Unreadable(command, $"bay {bay} comes twice");
            }
        }

        return addresses;
    }

    private static ModuleState Module(DeviceBlock state, DeviceBlock facts, string statusCommand, string infoCommand) => new()
    {
        Bay = state.Bay,
        Type = facts.Rest.Length > 0 ? facts.Rest : throw DeviceText.Unreadable(infoCommand, $"the module in bay {state.Bay} has no type"),
        Product = DeviceText.Said(facts["Product Name"]) ?? throw DeviceText.Unreadable(infoCommand, $"the module in bay {state.Bay} has no product name"),
        Health = Word(state["Status"]) ?? throw DeviceText.Unreadable(statusCommand, $"the module in bay {state.Bay} has no status"),
        Power = Word(state["Powered"] ?? state["Power"]) ?? throw DeviceText.Unreadable(statusCommand, $"it does not say whether the module in bay {state.Bay} is powered"),
        Firmware = DeviceText.Said(facts["Firmware Version"]),
        Address = DeviceText.Said(facts["In-Band IPv4 Address"]) ?? DeviceText.Said(facts["EBIPA Address"]),
        Serial = DeviceText.Said(facts["Serial Number"]),
        AssignedName = DeviceText.Said(facts["User Assigned Name"]),
        Faults = [.. state.Diagnoses().Where(diagnosis => !IsGood(diagnosis.Value)).Select(diagnosis => $"{diagnosis.What}: {diagnosis.Value}")],
    };

    private static string? Word(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static bool IsGood(string diagnosis) =>
        diagnosis.Equals("OK", StringComparison.OrdinalIgnoreCase) || diagnosis.Equals("NOT_TESTED", StringComparison.OrdinalIgnoreCase) || diagnosis.Equals("Tested", StringComparison.OrdinalIgnoreCase);

    /// <summary>A bay without a module, or one that a wide module beside it covers. A power that is unknown is how some firmware says the same.</summary>
    private static bool IsEmpty(DeviceBlock state) => state.Lines.Exists(line =>
        line.Contains("No Interconnect Module Installed", StringComparison.OrdinalIgnoreCase) || line.Contains("Subsumed", StringComparison.OrdinalIgnoreCase))
        || (state["Status"] is null && "Unknown".Equals(state["Power"] ?? state["Powered"], StringComparison.OrdinalIgnoreCase));

    private static bool IsAbsent(DeviceBlock facts) =>
        facts.Rest.Equals("<absent>", StringComparison.OrdinalIgnoreCase) || facts.Rest.Contains("subsumed", StringComparison.OrdinalIgnoreCase) || facts.Rest.Equals("[Absent]", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\s*Interconnect Module #(?<bay>\d{1,2}) Status:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusHeading { get; }

    /// <summary>At the line's beginning: what belongs to a module is indented.</summary>
    [GeneratedRegex(@"^(?<bay>\d{1,2})\.\s*(?<rest>.*)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InfoHeading { get; }

    [GeneratedRegex(@"^\s{0,3}(?<bay>\d{1,2})\s+\S.*\s(?<address>\d{1,3}(\.\d{1,3}){3})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }
}
