namespace OpsKit.Lab.Esxi.Esxcli.Grammar;

/// <summary>A command failed; the message is what esxcli prints, whatever the format asked for.</summary>
/// <param name="message">The text, without the line break at its end.</param>
/// <param name="usage">The usage that follows it; null for none.</param>
internal sealed class EsxcliException(string message, string? usage = null) : Exception(message)
{
    public string Text => usage is null ? Message + "\n" : $"{Message}\n\n{usage}";
}
