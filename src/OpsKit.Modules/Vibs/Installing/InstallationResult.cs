using OpsKit.Connections.Ssh;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Vibs;

/// <summary>What <c>esxcli software vib</c> says it did. Fields are found by name: their order changed with 8.0.</summary>
/// <param name="Message">Its message.</param>
/// <param name="RebootRequired">Whether a restart is needed; null where it does not say.</param>
/// <param name="Installed">Ids of what came.</param>
/// <param name="Removed">Ids of what went.</param>
/// <param name="Skipped">Ids of what was left out.</param>
public sealed record InstallationResult(string Message, bool? RebootRequired, IReadOnlyList<string> Installed, IReadOnlyList<string> Removed, IReadOnlyList<string> Skipped)
{
    /// <summary>Reads a result, in any format of <c>esxcli</c>.</summary>
    /// <exception cref="FormatException">It is none, or damaged.</exception>
    public static InstallationResult Read(string output)
    {
        var record = EsxcliAnswer.Read(output).Records.FirstOrDefault(record => record.Has("Message"))
            ?? throw new FormatException("it has no message in it");
        return new InstallationResult(record.Text("Message") ?? "", record.Flag("Reboot Required"), record.Texts("VIBs Installed"), record.Texts("VIBs Removed"), record.Texts("VIBs Skipped"));
    }
}
