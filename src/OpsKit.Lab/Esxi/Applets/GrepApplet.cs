using System.Text.RegularExpressions;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>grep</c>, <c>egrep</c>, <c>fgrep</c>.</summary>
internal static class GrepApplet
{
    public static async Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "qivcEFnlLohHwxsre:f:m:A:B:C:");
        var operands = options.Operands.ToList();
        var patterns = options.Values('e').SelectMany(value => value.Split('\n')).ToList();
        if (options.Value('f') is { } file)
            patterns.AddRange((await AppletFiles.LinesAsync(call, [file]).ConfigureAwait(false)).Lines);
        if (!options.Has('e') && !options.Has('f'))
        {
            if (operands.Count == 0)
                throw new AppletUsageException("usage: grep [-qivcEFnlohHwxs] PATTERN [FILE]...", 2);
            patterns.AddRange(operands[0].Split('\n'));
            operands.RemoveAt(0);
        }

        var search = new Search(call, options, Compile(call, options, patterns)) { ShowNames = options.Has('H') || (operands.Count > 1 && !options.Has('h')) };
        if (options.Has('r'))
            operands = [.. operands.SelectMany(name => TreeWalk.Files(call, name))];
        var status = await AppletFiles.EachAsync(call, operands, search.RunAsync).ConfigureAwait(false);
        return search.Found ? 0 : status == 0 ? 1 : 2;
    }

    private static List<Regex> Compile(HostCall call, AppletOptions options, IEnumerable<string> patterns)
    {
        var plain = options.Has('F') || call.Name == "fgrep";
        return [.. patterns.Select(pattern => PosixRegex.Create(
            plain ? Plain(pattern) : pattern, !plain && (options.Has('E') || call.Name == "egrep"), options.Has('i'), options.Has('x'), options.Has('w')))];
    }

    private static string Plain(string text) => string.Concat(text.Select(c => c is '[' or ']' or '\\' or '.' or '*' or '^' or '$' ? $"\\{c}" : c.ToString()));

    private sealed class Search(HostCall call, AppletOptions options, List<Regex> patterns)
    {
        private readonly int _before = (int)(options.Number('B') ?? options.Number('C') ?? 0);
        private readonly int _after = (int)(options.Number('A') ?? options.Number('C') ?? 0);

        public bool ShowNames { get; init; }

        public bool Found { get; private set; }

        public async Task RunAsync(string name, Stream stream)
        {
            if (Found && options.Has('q'))
                return;
            var shown = name == "-" ? "(standard input)" : name;
            var reader = new LineReader(stream);
            var (number, count, after) = (0L, 0L, 0);
            var before = new Queue<string>();
            while (await reader.ReadAsync().ConfigureAwait(false) is { } line)
            {
                number++;
                if (patterns.Exists(pattern => pattern.IsMatch(line)) == options.Has('v'))
                {
                    if (after-- > 0)
                        await PrintAsync(shown, number, line, '-').ConfigureAwait(false);
                    else if (_before > 0)
                        Keep(before, line);
                    continue;
                }

                Found = true;
                count++;
                if (options.Has('q'))
                    return;
                if (!options.Has('c') && !options.Has('l') && !options.Has('L'))
                {
                    foreach (var earlier in before.Select((text, index) => (text, at: number - before.Count + index)))
                        await PrintAsync(shown, earlier.at, earlier.text, '-').ConfigureAwait(false);
                    before.Clear();
                    await PrintMatchAsync(shown, number, line).ConfigureAwait(false);
                    after = _after;
                }

                if (options.Has('l') || count == options.Number('m'))
                    break;
            }

            if (options.Has('c'))
                call.Out.WriteLine(ShowNames ? $"{shown}:{count}" : $"{count}");
            else if ((options.Has('l') && count > 0) || (options.Has('L') && count == 0))
                call.Out.WriteLine(shown);
        }

        private async Task PrintMatchAsync(string name, long number, string line)
        {
            if (!options.Has('o'))
            {
                await PrintAsync(name, number, line, ':').ConfigureAwait(false);
                return;
            }

            if (options.Has('v'))
                return;
            foreach (var match in patterns.SelectMany(pattern => pattern.Matches(line)).Where(match => match.Length > 0).OrderBy(match => match.Index))
                await PrintAsync(name, number, match.Value, ':').ConfigureAwait(false);
        }

        private ValueTask PrintAsync(string name, long number, string line, char mark) =>
            call.Out.WriteAsync($"{(ShowNames ? name + mark : "")}{(options.Has('n') ? $"{number}{mark}" : "")}{line}\n");

        private void Keep(Queue<string> lines, string line)
        {
            lines.Enqueue(line);
            if (lines.Count > _before)
                lines.Dequeue();
        }
    }
}
