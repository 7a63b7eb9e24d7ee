using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>head [-n lines | -c bytes]</c>.</summary>
internal static class HeadApplet
{
    private const int DefaultLines = 10;

    public static async Task<int> RunAsync(HostCall call)
    {
        var (count, bytes, names) = Read(call);
        var first = true;
        return await AppletFiles.EachAsync(call, names, async (name, stream) =>
        {
            if (names.Count > 1)
                await call.Output.WriteAsync(ByteText.Bytes($"{(first ? "" : "\n")}==> {name} <==\n")).ConfigureAwait(false);
            first = false;
            await (bytes ? BytesAsync(call, stream, count) : LinesAsync(call, stream, count)).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private static (long Count, bool Bytes, IReadOnlyList<string> Names) Read(HostCall call)
    {
        if (call.Words is [['-', var digit, ..] word, ..] && char.IsAsciiDigit(digit))
            return (SizeText.Parse(word[1..]) ?? throw new AppletUsageException($"invalid number '{word[1..]}'"), false, [.. call.Words.Skip(1)]);
        var options = AppletOptions.Parse(call, "n:c:qv");
        var text = options.Value('c') ?? options.Value('n');
        var count = text is null ? DefaultLines : SizeText.Parse(text) ?? throw new AppletUsageException($"invalid number '{text}'");
        return (count, options.Has('c'), options.Operands);
    }

    private static async Task BytesAsync(HostCall call, Stream stream, long count)
    {
        var buffer = new byte[16 * 1024];
        while (count > 0 && await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count))).ConfigureAwait(false) is var got and > 0)
        {
            await call.Output.WriteAsync(buffer.AsMemory(0, got)).ConfigureAwait(false);
            count -= got;
        }
    }

    private static async Task LinesAsync(HostCall call, Stream stream, long count)
    {
        var reader = new LineReader(stream);
        while (count-- > 0 && await reader.ReadAsync().ConfigureAwait(false) is { } line)
            await call.Out.WriteAsync(reader.EndedByNewLine ? line + "\n" : line).ConfigureAwait(false);
        await call.FlushAsync().ConfigureAwait(false);
    }
}

/// <summary>Numbers with the units BusyBox knows.</summary>
internal static class SizeText
{
    public static long? Parse(string text)
    {
        var unit = text is [.., var last] ? last switch { 'b' => 512, 'k' or 'K' => 1024, 'm' or 'M' => 1024 * 1024, _ => 1 } : 1;
        var digits = unit == 1 ? text : text[..^1];
        return long.TryParse(digits, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number * unit : null;
    }
}
