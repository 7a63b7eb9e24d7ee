using System.Text;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>Reads lines of bytes.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int MostLine = 16 * 1024 * 1024;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Whether the last line had an end.</summary>
    public bool EndedByNewLine { get; private set; }

    /// <summary>The next line without its end, in <see cref="ByteText"/>; null at the end.</summary>
    public async ValueTask<string?> ReadAsync()
    {
        StringBuilder? longer = null;
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var piece = ByteText.Of(_buffer.AsSpan(_start, at < 0 ? _end - _start : at));
            if (at >= 0)
            {
                _start += at + 1;
                EndedByNewLine = true;
                return longer is null ? piece : longer.Append(piece).ToString();
            }

            if (piece.Length > 0)
                (longer ??= new StringBuilder()).Append(piece);
            if (longer?.Length > MostLine)
                throw new IOException("line too long");
            (_start, _end) = (0, await stream.ReadAsync(_buffer).ConfigureAwait(false));
            if (_end > 0)
                continue;
            EndedByNewLine = false;
            return longer?.ToString();
        }
    }
}
