using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>cp</c> and <c>mv</c>.</summary>
internal static class CopyApplets
{
    public static Task<int> MoveAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "fin");
        return EachAsync(call, options, "mv [-fin] SOURCE... DEST", (name, source, target) =>
        {
            if (options.Has('n') && call.Files.Find(target) is not null)
                return Task.CompletedTask;
            call.Files.Move(source, target);
            return Task.CompletedTask;
        }, "can't rename");
    }

    public static Task<int> CopyAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "rRfapidvL");
        var recursive = options.Has('r') || options.Has('R') || options.Has('a');
        return EachAsync(call, options, "cp [-arRfp] SOURCE... DEST", (name, source, target) => CopyAsync(call, name, options.Operands[^1], source, target, recursive, 0), "can't create");
    }

    private static async Task<int> EachAsync(HostCall call, AppletOptions options, string usage, Func<string, string, string, Task> act, string failing)
    {
        var names = options.Operands;
        if (names.Count < 2)
            throw new AppletUsageException("usage: " + usage);
        var last = call.PathOf(names[^1]);
        var into = call.Files.IsFolder(last);
        var status = 0;
        foreach (var name in names.Take(names.Count - 1))
        {
            var source = call.PathOf(name);
            var target = into ? HostFiles.Resolve(last, source[(source.LastIndexOf('/') + 1)..]) : last;
            if (names.Count > 2 && !into)
            {
                status = call.Fail($"{failing} '{name}': {HostFileException.NoEntry}");
                continue;
            }

            if (TreeWalk.Find(call, name) is null)
            {
                status = call.Fail($"can't {(failing == "can't rename" ? "rename" : "stat")} '{name}': {HostFileException.NoEntry}");
                continue;
            }

            try
            {
                await act(name, source, target).ConfigureAwait(false);
            }
            catch (Exception e) when (HostFileException.IsFileFailure(e))
            {
                status = call.Fail($"{failing} '{(failing == "can't rename" ? name : names[^1])}': {HostFileException.ReasonOf(e)}");
            }
        }

        return status;
    }

    private static async Task CopyAsync(HostCall call, string name, string shown, string source, string target, bool recursive, int depth)
    {
        var from = call.Files.Stat(source);
        if (call.Files.Find(target) is not null && call.Files.Map(source) == call.Files.Map(target))
            throw new AppletUsageException($"'{name}' and '{shown}' are the same file");
        if (!from.IsFolder)
        {
            var input = call.Files.OpenRead(source);
            await using (input.ConfigureAwait(false))
            {
                var output = call.OpenWrite(target, HostWriting.Anew);
                await using (output.ConfigureAwait(false))
                    await input.CopyToAsync(output, call.CancellationToken).ConfigureAwait(false);
            }

            call.Files.SetMode(target, from.Mode);
            return;
        }

        if (!recursive)
            throw new AppletUsageException($"omitting directory '{name}'");
        if (depth > TreeWalk.MostDepth || target.StartsWith(source + "/", StringComparison.Ordinal))
            throw new HostFileException(HostFileException.Invalid);
        if (!call.Files.IsFolder(target))
            call.Files.CreateFolder(target, from.Mode);
        foreach (var child in call.Files.List(source))
            await CopyAsync(call, $"{name}/{child}", $"{shown}/{child}", $"{source.TrimEnd('/')}/{child}", $"{target.TrimEnd('/')}/{child}", recursive, depth + 1).ConfigureAwait(false);
    }
}
