using OpsKit.Lab.Esxi.Esxcli.Grammar;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Software;

/// <summary>Errors of the software namespace: a class in brackets, what happened, and what it happened to.</summary>
internal static class EsxupdateError
{
    public static EsxcliException Of(string errorClass, string message, params ReadOnlySpan<(string Key, string Value)> about)
    {
        var text = $" [{errorClass}]\n {message.Replace("\n", "\n ", StringComparison.Ordinal)}\n";
        foreach (var (key, value) in about)
            text += $"        {key} = {value}\n";
        return new EsxcliException(text + " Please refer to the log file for more details.");
    }
}
