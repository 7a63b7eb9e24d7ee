using System.Text;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>tr [-cds] set [set]</c>.</summary>
internal static class TrApplet
{
    public static async Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "cdsC", stopAtOperand: true);
        if (options.Operands.Count is 0 or > 2)
            throw new AppletUsageException("usage: tr [-cds] STRING1 [STRING2]");
        var first = Expand(options.Operands[0]);
        var second = options.Operands.Count > 1 ? Expand(options.Operands[1]) : "";
        var map = Map(options, first, second);
        var squeezed = (options.Has('s') ? (second.Length > 0 ? second : options.Has('c') ? Complement(first) : first) : "").ToHashSet();
        var buffer = new byte[16 * 1024];
        var last = -1;
        while (await call.Input.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
        {
            var written = 0;
            for (var i = 0; i < count; i++)
            {
                var to = map[buffer[i]];
                if (to < 0 || (to == last && squeezed.Contains((char)to)))
                    continue;
                buffer[written++] = (byte)to;
                last = to;
            }

            await call.Output.WriteAsync(buffer.AsMemory(0, written)).ConfigureAwait(false);
        }

        return 0;
    }

    /// <summary>What each byte becomes; -1 for nothing.</summary>
    private static int[] Map(AppletOptions options, string first, string second)
    {
        if (options.Has('c') || options.Has('C'))
            first = Complement(first);
        var map = Enumerable.Range(0, 256).ToArray();
        for (var i = 0; i < first.Length; i++)
        {
            if (options.Has('d'))
                map[first[i]] = -1;
            else if (second.Length > 0)
                map[first[i]] = second[Math.Min(i, second.Length - 1)];
        }

        return map;
    }

    private static string Complement(string set) => string.Concat(Enumerable.Range(0, 256).Select(c => (char)c).Where(c => !set.Contains(c, StringComparison.Ordinal)));

    private static string Expand(string set)
    {
        var plain = Escapes.Expand(set, zeroFirst: false).Text;
        var result = new StringBuilder();
        for (var i = 0; i < plain.Length; i++)
        {
            if (plain[i] == '[' && i + 1 < plain.Length && plain[i + 1] == ':' && plain.IndexOf(":]", i + 2, StringComparison.Ordinal) is var close and > 0 && CharacterClass.Members(plain[(i + 2)..close]) is { } members)
            {
                result.Append(members);
                i = close + 1;
            }
            else if (i + 2 < plain.Length && plain[i + 1] == '-')
            {
                for (var c = plain[i]; c <= plain[i + 2]; c++)
                    result.Append(c);
                i += 2;
            }
            else
            {
                result.Append(plain[i]);
            }
        }

        return result.ToString();
    }
}
