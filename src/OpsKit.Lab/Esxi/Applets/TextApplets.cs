using System.Globalization;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>Small programs over lines: <c>wc</c>, <c>uniq</c>, <c>cut</c>, <c>seq</c>, <c>basename</c>, <c>dirname</c>.</summary>
internal static class TextApplets
{
    public static async Task<int> CountAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "clwmL");
        long[] total = [0, 0, 0];
        var status = await AppletFiles.EachAsync(call, options.Operands, async (name, stream) =>
        {
            var counts = await CountAsync(stream).ConfigureAwait(false);
            for (var i = 0; i < total.Length; i++)
                total[i] += counts[i];
            Print(counts, name == "-" && options.Operands.Count == 0 ? null : name);
        }).ConfigureAwait(false);
        if (options.Operands.Count > 1)
            Print(total, "total");
        return status;

        void Print(long[] counts, string? name)
        {
            var shown = new[] { ('l', counts[0]), ('w', counts[1]), ('c', counts[2]) }.Where(one => options.Has(one.Item1) || (!options.Has('l') && !options.Has('w') && !options.Has('c') && !options.Has('m'))).Select(one => one.Item2).ToList();
            if (options.Has('m') && !options.Has('c'))
                shown.Add(counts[2]);
            var text = shown.Count == 1 ? shown[0].ToString(CultureInfo.InvariantCulture) : string.Join(' ', shown.Select(one => $"{one,9}"));
            call.Out.WriteLine(name is null ? text : $"{text} {name}");
        }
    }

    public static async Task<int> UniqueAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "cdui");
        string? last = null;
        var count = 0;
        var status = await AppletFiles.EachAsync(call, [.. options.Operands.Take(1)], async (_, stream) =>
        {
            var reader = new LineReader(stream);
            while (await reader.ReadAsync().ConfigureAwait(false) is { } line)
            {
                if (last is not null && string.Equals(line, last, options.Has('i') ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
                {
                    count++;
                    continue;
                }

                await PrintAsync().ConfigureAwait(false);
                (last, count) = (line, 1);
            }
        }).ConfigureAwait(false);
        await PrintAsync().ConfigureAwait(false);
        return status;

        ValueTask PrintAsync() => last is null || (options.Has('d') && count == 1) || (options.Has('u') && count > 1)
            ? ValueTask.CompletedTask
            : call.Out.WriteAsync(options.Has('c') ? $"{count,7} {last}\n" : last + "\n");
    }

    public static Task<int> CutAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "b:c:f:d:sn");
        if ((options.Value('f') ?? options.Value('c') ?? options.Value('b')) is not { } list)
            throw new AppletUsageException("expected a list of bytes, characters, or fields");
        var ranges = CutRanges.Parse(list);
        var delimiter = options.Value('d') is { Length: 1 } one ? one[0] : options.Value('d') is null ? '\t' : throw new AppletUsageException("the delimiter must be a single character");
        return AppletFiles.EachAsync(call, options.Operands, async (_, stream) =>
        {
            var reader = new LineReader(stream);
            while (await reader.ReadAsync().ConfigureAwait(false) is { } line)
            {
                if (!options.Has('f'))
                    await call.Out.WriteAsync(string.Concat(line.Where((_, index) => CutRanges.Contain(ranges, index + 1))) + "\n").ConfigureAwait(false);
                else if (line.Contains(delimiter, StringComparison.Ordinal))
                    await call.Out.WriteAsync(string.Join(delimiter, line.Split(delimiter).Where((_, index) => CutRanges.Contain(ranges, index + 1))) + "\n").ConfigureAwait(false);
                else if (!options.Has('s'))
                    await call.Out.WriteAsync(line + "\n").ConfigureAwait(false);
            }
        });
    }

    public static async Task<int> SequenceAsync(HostCall call)
    {
        var numbers = call.Words.Select(word => long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new AppletUsageException($"invalid number '{word}'")).ToList();
        var (first, step, last) = numbers.Count switch { 1 => (1L, 1L, numbers[0]), 2 => (numbers[0], 1L, numbers[1]), 3 => (numbers[0], numbers[1], numbers[2]), _ => throw new AppletUsageException("usage: seq [FIRST [INC]] LAST") };
        if (step == 0)
            throw new AppletUsageException("invalid number '0'");
        for (var number = first; step > 0 ? number <= last : number >= last; number += step)
        {
            call.CancellationToken.ThrowIfCancellationRequested();
            await call.Out.WriteAsync(number.ToString(CultureInfo.InvariantCulture) + "\n").ConfigureAwait(false);
        }

        return 0;
    }

    public static Task<int> BaseNameAsync(HostCall call)
    {
        if (call.Words.Count is 0 or > 2)
            throw new AppletUsageException("usage: basename FILE [SUFFIX]");
        var path = call.Words[0].TrimEnd('/');
        var name = path.Length == 0 && call.Words[0].Length > 0 ? "/" : path[(path.LastIndexOf('/') + 1)..];
        if (call.Words.Count == 2 && name != call.Words[1] && name.EndsWith(call.Words[1], StringComparison.Ordinal))
            name = name[..^call.Words[1].Length];
        call.Out.WriteLine(name);
        return Task.FromResult(0);
    }

    public static Task<int> FolderNameAsync(HostCall call)
    {
        if (call.Words.Count != 1)
            throw new AppletUsageException("usage: dirname FILENAME");
        var path = call.Words[0].TrimEnd('/');
        var slash = path.LastIndexOf('/');
        call.Out.WriteLine(slash > 0 ? path[..slash].TrimEnd('/') is { Length: > 0 } folder ? folder : "/" : slash == 0 || (path.Length == 0 && call.Words[0].Length > 0) ? "/" : ".");
        return Task.FromResult(0);
    }

    private static async Task<long[]> CountAsync(Stream stream)
    {
        var (lines, words, bytes, inWord) = (0L, 0L, 0L, false);
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
        {
            bytes += count;
            foreach (var one in buffer.AsSpan(0, count))
            {
                if (one == (byte)'\n')
                    lines++;
                var blank = one is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
                if (!blank && !inWord)
                    words++;
                inWord = !blank;
            }
        }

        return [lines, words, bytes];
    }
}

/// <summary>Lists such as <c>1,3-5,7-</c>.</summary>
internal static class CutRanges
{
    public static List<(long From, long To)> Parse(string list)
    {
        var ranges = new List<(long, long)>();
        foreach (var part in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            var from = dash == 0 ? 1 : Number(dash < 0 ? part : part[..dash]);
            var to = dash < 0 ? from : dash == part.Length - 1 ? long.MaxValue : Number(part[(dash + 1)..]);
            ranges.Add((from, to));
        }

        return ranges;
    }

    public static bool Contain(List<(long From, long To)> ranges, long place) => ranges.Exists(range => place >= range.From && place <= range.To);

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new AppletUsageException($"invalid number '{text}'");
}
