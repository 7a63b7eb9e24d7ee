using System.Text;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary>Collects what a program writes and sends it on in larger pieces.</summary>
internal sealed class HostWriter(Stream stream)
{
    private const int Piece = 16 * 1024;

    private readonly StringBuilder _text = new();

    public void Write(string text) => _text.Append(text);

    public void WriteLine(string text) => _text.Append(text).Append('\n');

    /// <summary>For output that may be long.</summary>
    public ValueTask WriteAsync(string text)
    {
        _text.Append(text);
        return _text.Length < Piece ? ValueTask.CompletedTask : new ValueTask(FlushAsync());
    }

    public async Task FlushAsync()
    {
        if (_text.Length == 0)
            return;
        var bytes = ByteText.Bytes(_text.ToString());
        _text.Clear();
        await stream.WriteAsync(bytes).ConfigureAwait(false);
    }
}
