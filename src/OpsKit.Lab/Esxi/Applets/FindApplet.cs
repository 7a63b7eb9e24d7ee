using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>find path… [-name p] [-iname p] [-path p] [-type f|d] [-maxdepth n] [-mindepth n] [-size [+-]n[ckMG]] [-mtime [+-]n] [-print] [-delete] [-exec … ;]</c>.</summary>
internal static class FindApplet
{
    private delegate Task<bool> Test(string name, HostFileInfo info);

    public static async Task<int> RunAsync(HostCall call)
    {
        var words = call.Words;
        var at = 0;
        var roots = new List<string>();
        for (; at < words.Count && words[at] is not (['-', ..] or "!" or "("); at++)
            roots.Add(words[at]);
        if (roots.Count == 0)
            roots.Add(".");
        var (tests, least, most, status) = (new List<Test>(), 0, TreeWalk.MostDepth, 0);
        var acts = false;
        for (var negated = false; at < words.Count; at++)
        {
            var word = words[at];
            if (word is "!" or "-not")
            {
                negated = !negated;
                continue;
            }

            string Value() => ++at < words.Count ? words[at] : throw new AppletUsageException($"{word} requires an argument");
            switch (word)
            {
                case "-maxdepth":
                    most = (int)Number(Value());
                    continue;
                case "-mindepth":
                    least = (int)Number(Value());
                    continue;
                case "-a" or "-depth" or "-follow" or "-xdev":
                    continue;
            }

            var test = word switch
            {
                "-name" => Named(new ShellPattern(Value()), ignoreCase: false),
                "-iname" => Named(new ShellPattern(Value().ToLowerInvariant()), ignoreCase: true),
                "-path" => Path(new ShellPattern(Value())),
                "-type" => Typed(Value()),
                "-size" => Sized(Value()),
                "-mtime" => Aged(call, Value()),
                "-print" => Print(call),
                "-delete" => Delete(call),
                "-exec" => Execute(call, words, ref at, code => status = Math.Max(status, code)),
                _ => throw new AppletUsageException($"unrecognized: {word}"),
            };
            acts |= word is "-print" or "-delete" or "-exec";
            var not = negated;
            tests.Add(not ? async (name, info) => !await test(name, info).ConfigureAwait(false) : test);
            negated = false;
        }

        if (!acts)
            tests.Add(Print(call));
        var deletes = words.Contains("-delete");
        foreach (var root in roots)
        {
            if (TreeWalk.Find(call, root) is null)
            {
                status = call.Fail($"{root}: {HostFileException.NoEntry}");
                continue;
            }

            var found = TreeWalk.Everything(call, root).Where(one => one.Depth >= least && one.Depth <= most);
            foreach (var (name, info, _) in deletes ? found.Reverse() : found.ToList())
            {
                call.CancellationToken.ThrowIfCancellationRequested();
                foreach (var test in tests)
                {
                    if (!await test(name, info).ConfigureAwait(false))
                        break;
                }
            }
        }

        return status;
    }

    private static Test Named(ShellPattern pattern, bool ignoreCase) => (name, _) =>
    {
        var last = name.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed[(trimmed.LastIndexOf('/') + 1)..] : name;
        return Task.FromResult(pattern.IsMatch(ignoreCase ? last.ToLowerInvariant() : last));
    };

    private static Test Path(ShellPattern pattern) => (name, _) => Task.FromResult(pattern.IsMatch(name));

    private static Test Typed(string type) => (_, info) => Task.FromResult(type switch { "f" => info.Kind == HostFileKind.File, "d" => info is { IsFolder: true, LinkTarget: null }, "l" => info.LinkTarget is not null, _ => false });

    private static Test Sized(string text)
    {
        var unit = text[^1] switch { 'c' => 1, 'k' => 1024, 'M' => 1 << 20, 'G' => 1 << 30, _ => 512 };
        var number = Number(text.TrimStart('+', '-').TrimEnd('c', 'k', 'M', 'G', 'b'));
        return (_, info) => Task.FromResult(Compare(text, (info.Size + unit - 1) / unit, number));
    }

    private static Test Aged(HostCall call, string text)
    {
        var number = Number(text.TrimStart('+', '-'));
        return (_, info) => Task.FromResult(Compare(text, (long)(call.System.Clock.GetUtcNow() - info.Modified).TotalDays, number));
    }

    private static Test Print(HostCall call) => async (name, _) =>
    {
        await call.Out.WriteAsync(name + "\n").ConfigureAwait(false);
        return true;
    };

    private static Test Delete(HostCall call) => (name, info) => Task.FromResult(AppletFiles.Try(call, name, () =>
    {
        if (info.IsFolder)
            call.Files.RemoveFolder(call.PathOf(name));
        else
            call.Files.RemoveFile(call.PathOf(name));
    }) == 0);

    private static Test Execute(HostCall call, IReadOnlyList<string> words, ref int at, Action<int> ended)
    {
        var command = new List<string>();
        for (at++; at < words.Count && words[at] is not (";" or "+"); at++)
            command.Add(words[at]);
        if (at == words.Count || command.Count == 0)
            throw new AppletUsageException("-exec requires an argument");
        return async (name, _) =>
        {
            var status = await ProgramRunner.SpawnAsync(call, [.. command.Select(word => word.Replace("{}", name, StringComparison.Ordinal))]).ConfigureAwait(false);
            ended(status == 0 ? 0 : 1);
            return status == 0;
        };
    }

    private static bool Compare(string text, long value, long number) => text[0] switch { '+' => value > number, '-' => value < number, _ => value == number };

    private static long Number(string text) => ShellNumber.Decimal(text) ?? throw new AppletUsageException($"invalid number '{text}'");
}
