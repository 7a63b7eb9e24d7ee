using System.Text;

namespace OpsKit.Vim25;

/// <summary>Keeps the beginning and the end of what passes, however much that is.</summary>
internal sealed class BodyCapture(int kept)
{
    private byte[] _beginning = [];
    private byte[] _end = [];
    private int _begun;
    private long _afterwards;

    /// <summary>Takes the next part.</summary>
    internal void Add(ReadOnlySpan<byte> part)
    {
        var first = part[..Math.Min(part.Length, kept - _begun)];
        if (first.Length > 0)
        {
            if (_beginning.Length < _begun + first.Length)
                Array.Resize(ref _beginning, Math.Min(kept, Math.Max(_begun + first.Length, _beginning.Length * 2)));
            first.CopyTo(_beginning.AsSpan(_begun));
            _begun += first.Length;
        }

        AddToEnd(part[first.Length..]);
    }

    /// <summary>What was kept, without what stands in elements of secrets.</summary>
    internal SoapBody Body()
    {
        var omitted = Math.Max(0, _afterwards - _end.Length);
        if (omitted == 0 && _afterwards > 0)
        {
            // All of it is here, in two parts.
            var whole = new byte[_begun + (int)_afterwards];
            _beginning.AsSpan(0, _begun).CopyTo(whole);
            _end.AsSpan(0, (int)_afterwards).CopyTo(whole.AsSpan(_begun));
            return new SoapBody(SecretElements.Drop(Encoding.UTF8.GetString(whole), isEnd: false), "", 0);
        }

        var beginning = SecretElements.Drop(Encoding.UTF8.GetString(_beginning.AsSpan(0, WholeCharacters(_beginning.AsSpan(0, _begun)))), isEnd: false);
        return omitted == 0 ? new SoapBody(beginning, "", 0) : new SoapBody(beginning, SecretElements.Drop(EndText(), isEnd: true), omitted);
    }

    /// <summary>A ring of the last bytes.</summary>
    private void AddToEnd(ReadOnlySpan<byte> part)
    {
        if (part.Length == 0)
            return;
        if (_end.Length < kept && _end.Length < _afterwards + part.Length)
            Array.Resize(ref _end, (int)Math.Min(kept, Math.Max(_afterwards + part.Length, _end.Length * 2L)));
        _afterwards += part.Length;
        if (part.Length > _end.Length)
            part = part[^_end.Length..];
        var at = (int)((_afterwards - part.Length) % _end.Length);
        var upToWrap = Math.Min(part.Length, _end.Length - at);
        part[..upToWrap].CopyTo(_end.AsSpan(at));
        part[upToWrap..].CopyTo(_end);
    }

    private string EndText()
    {
        var at = (int)(_afterwards % _end.Length);
        byte[] ordered = [.. _end.AsSpan(at), .. _end.AsSpan(0, at)];
        var start = 0;
        while (start < Math.Min(4, ordered.Length) && (ordered[start] & 0xC0) == 0x80)
            start++;
        return Encoding.UTF8.GetString(ordered.AsSpan(start));
    }

    /// <summary>The length without a character that was cut in two.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(4, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if ((lead & 0xC0) == 0x80)
                continue;
            var needed = lead switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
            return needed > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }
}
