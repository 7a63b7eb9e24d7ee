namespace OpsKit.Lab.Esxi.Programs.VimCmd;

/// <summary>A call of <c>vim-cmd</c>: its arguments behind the path. Returns the exit status.</summary>
internal delegate Task<int> VimCall(HostCall call, IReadOnlyList<string> arguments);

/// <summary><c>vim-cmd</c>: what the host agent tells and does, by paths such as <c>vmsvc/getallvms</c>.</summary>
internal static class VimCmdProgram
{
    private const int UnknownCommand = 255;
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, VimCall> Calls = new([.. HostCalls.All, .. NetworkCalls.All, .. MachineCalls.All], StringComparer.Ordinal);

    public static async Task<int> RunAsync(HostCall call)
    {
        var path = call.Words.Count > 0 ? call.Words[0].Trim('/') : "help";
        if (Calls.TryGetValue(path, out var found))
        {
            await Task.Delay(Connecting, call.System.Clock, call.CancellationToken).ConfigureAwait(false);
            return await found(call, [.. call.Arguments.Skip(1)]).ConfigureAwait(false);
        }

        var folder = path == "help" ? "" : path + "/";
        var below = Calls.Keys.Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Select(name => Next(name[folder.Length..])).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (below.Count == 0)
        {
            call.Out.Write($"Invalid command '{path[(path.LastIndexOf('/') + 1)..]}'.\n");
            return UnknownCommand;
        }

        call.Out.Write($"Commands available under {(folder.Length == 0 ? "/" : folder)}:\n");
        foreach (var name in below)
            call.Out.WriteLine(name);
        return 0;
    }

    private static string Next(string path) => path.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? path[..(slash + 1)] : path;
}
