using OpsKit.Lab.Enclosures.Oa.Commands;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Oa;

/// <summary>All commands of the Onboard Administrator's command line.</summary>
internal static class OaCommands
{
    public static IReadOnlyList<OaCommand> All { get; } =
    [
        .. SessionCommands.List,
        .. InterconnectQueries.List,
        .. InterconnectChanges.List,
        .. ServerQueries.List,
        .. ServerChanges.List,
        .. EnclosureQueries.List,
        .. FirmwareQueries.List,
        .. OaQueries.List,
        .. OaChanges.List,
        .. SettingCommands.List,
        .. WholeReports.List,
    ];

    /// <summary>The command a line begins with, the one of most words; null for none.</summary>
    public static OaCommand? Find(IReadOnlyList<string> line, LabEnclosure enclosure) =>
        All.Where(command => command.Leads(line) && Exists(command, enclosure)).MaxBy(command => command.Parts.Count);

    /// <summary>Whether the firmware of an enclosure has a command.</summary>
    public static bool Exists(OaCommand command, LabEnclosure enclosure) => command.Words != InterconnectChanges.Reset || enclosure.KnowsResetInterconnect;
}
