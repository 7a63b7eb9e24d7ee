using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>tail [-n [+]lines | -c [+]bytes] [-f]</c>.</summary>
internal static class TailApplet
{
    private const int MostHeld = 64 * 1024 * 1024;
    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(HostCall call)
    {
        var (count, fromStart, bytes, follow, names) = Read(call);
        var first = true;
        var status = await AppletFiles.EachAsync(call, names, async (name, stream) =>
        {
            if (names.Count > 1)
                await call.Output.WriteAsync(ByteText.Bytes($"{(first ? "" : "\n")}==> {name} <==\n")).ConfigureAwait(false);
            first = false;
            if (fromStart)
                await FromAsync(call, stream, Math.Max(0, count - 1), bytes).ConfigureAwait(false);
            else
                await LastAsync(call, stream, count, bytes).ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (follow && status == 0 && names.Count > 0)
            await FollowAsync(call, names[^1]).ConfigureAwait(false);
        return status;
    }

    private static (long Count, bool FromStart, bool Bytes, bool Follow, IReadOnlyList<string> Names) Read(HostCall call)
    {
        if (call.Words is [['-' or '+', var digit, ..] word, ..] && char.IsAsciiDigit(digit))
            return (SizeText.Parse(word[1..]) ?? throw new AppletUsageException($"invalid number '{word[1..]}'"), word[0] == '+', false, false, [.. call.Words.Skip(1)]);
        var options = AppletOptions.Parse(call, "n:c:fFs:qv");
        var text = options.Value('c') ?? options.Value('n') ?? "10";
        var count = SizeText.Parse(text.TrimStart('+', '-')) ?? throw new AppletUsageException($"invalid number '{text}'");
        return (count, text.StartsWith('+'), options.Has('c'), options.Has('f') || options.Has('F'), options.Operands);
    }

    private static async Task FromAsync(HostCall call, Stream stream, long skipped, bool bytes)
    {
        var buffer = new byte[16 * 1024];
        if (bytes && stream.CanSeek)
        {
            stream.Position = Math.Min(stream.Length, stream.Position + skipped);
            skipped = 0;
        }

        while (await stream.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
        {
            var start = 0;
            for (; skipped > 0 && start < count; start++)
            {
                if (bytes || buffer[start] == (byte)'\n')
                    skipped--;
            }

            await call.Output.WriteAsync(buffer.AsMemory(start, count - start)).ConfigureAwait(false);
        }
    }

    private static async Task LastAsync(HostCall call, Stream stream, long count, bool bytes)
    {
        using var held = new MemoryStream();
        var buffer = new byte[16 * 1024];
        if (stream.CanSeek && bytes)
            stream.Position = Math.Max(stream.Position, stream.Length - count);
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) is var got and > 0)
        {
            held.Write(buffer, 0, got);
            if (held.Length > MostHeld)
                throw new AppletUsageException("out of memory");
        }

        var all = held.GetBuffer().AsMemory(0, (int)held.Length);
        await call.Output.WriteAsync(bytes ? all[(int)Math.Max(0, all.Length - count)..] : Lines(all, count)).ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> Lines(ReadOnlyMemory<byte> all, long count)
    {
        if (count == 0)
            return default;
        var span = all.Span;
        for (var at = span.Length - 2; at >= 0; at--)
        {
            if (span[at] == (byte)'\n' && --count == 0)
                return all[(at + 1)..];
        }

        return all;
    }

    private static async Task FollowAsync(HostCall call, string name)
    {
        await call.FlushAsync().ConfigureAwait(false);
        var path = call.PathOf(name);
        var at = call.Files.Stat(path).Size;
        while (true)
        {
            await Task.Delay(FollowInterval, call.System.Clock, call.CancellationToken).ConfigureAwait(false);
            if (call.Files.Find(path) is not { } file || file.Size == at)
                continue;
            var stream = call.Files.OpenRead(path);
            await using (stream.ConfigureAwait(false))
            {
                stream.Position = file.Size < at ? 0 : at;
                await stream.CopyToAsync(call.Output, call.CancellationToken).ConfigureAwait(false);
                at = stream.Position;
            }
        }
    }
}
