using System.Globalization;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>ls</c>: one name a line, as it writes where nobody sits.</summary>
internal static class ListApplet
{
    public static Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "1aAldhFRtrSnopic");
        var names = options.Operands.Count == 0 ? ["."] : options.Operands;
        var (files, folders, status) = (new List<(string, HostFileInfo)>(), new List<string>(), 0);
        foreach (var name in names)
        {
            if (TreeWalk.Find(call, name) is not { } info)
                status = call.Fail($"{name}: {HostFileException.NoEntry}");
            else if (info.IsFolder && !options.Has('d'))
                folders.Add(name);
            else
                files.Add((name, info));
        }

        Print(call, options, files);
        var first = files.Count == 0;
        foreach (var folder in folders)
            Folder(call, options, folder, names.Count > 1 || options.Has('R'), ref first, 0);
        return Task.FromResult(status);
    }

    private static void Folder(HostCall call, AppletOptions options, string name, bool titled, ref bool first, int depth)
    {
        if (titled)
            call.Out.Write($"{(first ? "" : "\n")}{name}:\n");
        first = false;
        var entries = call.Files.List(call.PathOf(name)).Where(child => options.Has('a') || options.Has('A') || !child.StartsWith('.')).ToList();
        if (options.Has('a'))
            entries.InsertRange(0, [".", ".."]);
        var listed = entries.Select(child => (child, Info: TreeWalk.Find(call, $"{name}/{child}", followLast: !options.Has('l')) ?? TreeWalk.Find(call, $"{name}/{child}", followLast: false))).Where(one => one.Info is not null).Select(one => (one.child, one.Info!)).ToList();
        if (options.Has('l'))
            call.Out.WriteLine("total " + listed.Sum(one => (one.Item2.Size + 1023) / 1024).ToString(CultureInfo.InvariantCulture));
        Print(call, options, listed);
        if (!options.Has('R') || depth >= TreeWalk.MostDepth)
            return;
        foreach (var (child, info) in listed)
        {
            if (info is { IsFolder: true, LinkTarget: null } && child is not ("." or ".."))
                Folder(call, options, $"{name.TrimEnd('/')}/{child}", titled: true, ref first, depth + 1);
        }
    }

    private static void Print(HostCall call, AppletOptions options, List<(string Name, HostFileInfo Info)> entries)
    {
        IEnumerable<(string Name, HostFileInfo Info)> sorted = options.Has('t') ? entries.OrderByDescending(entry => entry.Info.Modified)
            : options.Has('S') ? entries.OrderByDescending(entry => entry.Info.Size) : entries.OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach (var (name, info) in options.Has('r') ? sorted.Reverse() : sorted)
        {
            var mark = (options.Has('F') || options.Has('p')) && info.IsFolder && (info.LinkTarget is null || !options.Has('l')) ? "/" : options.Has('F') && info is { Kind: HostFileKind.File, IsExecutable: true } ? "*" : "";
            call.Out.WriteLine(options.Has('l') ? Long(call, options, name + mark, info) : name + mark);
        }
    }

    private static string Long(HostCall call, AppletOptions options, string name, HostFileInfo info)
    {
        var modified = info.Modified;
        var recent = call.System.Clock.GetUtcNow() - modified < TimeSpan.FromDays(180);
        var time = modified.ToString(recent ? "HH:mm" : " yyyy", CultureInfo.InvariantCulture);
        var size = options.Has('h') ? ByteSizes.Human(info.Size) : info.Size.ToString(CultureInfo.InvariantCulture);
        return $"{info.ModeText}    1 root     root     {size,9} {modified.ToString("MMM", CultureInfo.InvariantCulture)} {modified.Day,2} {time} {name}{(info.LinkTarget is { } target ? " -> " + (target.StartsWith("/vmfs/volumes/", StringComparison.Ordinal) ? target[(target.LastIndexOf('/') + 1)..] : target) : "")}";
    }
}

/// <summary>Sizes for people.</summary>
internal static class ByteSizes
{
    public static string Human(long bytes)
    {
        if (bytes < 1024)
            return bytes.ToString(CultureInfo.InvariantCulture);
        var size = (double)bytes;
        var unit = 0;
        for (; size >= 1024 && unit < 5; unit++)
            size /= 1024;
        return size.ToString("0.0", CultureInfo.InvariantCulture) + " KMGTP"[unit];
    }
}
