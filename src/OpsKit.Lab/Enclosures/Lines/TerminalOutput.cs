using System.Text;

namespace OpsKit.Lab.Enclosures.Lines;

/// <summary>Text for a terminal that is not told how to end a line.</summary>
internal static class TerminalOutput
{
    /// <summary>Writes text at once, its lines ended by CR LF.</summary>
    public static async Task WriteTextAsync(this Stream output, string text, CancellationToken cancellationToken)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)), cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
