using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>mkdir</c>, <c>rmdir</c>, <c>rm</c>, <c>chmod</c>, <c>chown</c>, <c>touch</c>.</summary>
internal static class FolderApplets
{
    public static Task<int> MakeAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "pm:");
        Require(options, "mkdir [-m MODE] [-p] DIRECTORY...");
        var mode = 0b111_111_111 & ~call.Process.FileCreationMask;
        if (options.Value('m') is { } text)
            mode = ModeText.Parse(text, 0b111_111_111, isFolder: true) ?? throw new AppletUsageException($"invalid mode '{text}'");
        var status = 0;
        foreach (var name in options.Operands)
            status |= AppletFiles.Try(call, $"can't create directory '{name}'", () => Make(call, name, mode, options.Has('p')));
        return Task.FromResult(status);
    }

    public static Task<int> RemoveFoldersAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "p");
        Require(options, "rmdir DIRECTORY...");
        var status = 0;
        foreach (var name in options.Operands)
            status |= AppletFiles.Try(call, $"'{name}'", () => call.Files.RemoveFolder(call.PathOf(name)));
        return Task.FromResult(status);
    }

    public static Task<int> RemoveAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "rRfi");
        if (options.Operands.Count == 0)
            return Task.FromResult(options.Has('f') ? 0 : throw new AppletUsageException("usage: rm [-irf] FILE..."));
        var status = 0;
        foreach (var name in options.Operands)
        {
            if (name.TrimEnd('/') is "." or ".." || name.TrimEnd('/').EndsWith("/..", StringComparison.Ordinal))
            {
                status = call.Fail("can't remove '.' or '..'");
                continue;
            }

            var there = TreeWalk.Find(call, name, followLast: false);
            var recursive = options.Has('r') || options.Has('R');
            if (there is null && options.Has('f'))
                continue;
            if (there is { IsFolder: true } && !recursive)
            {
                status = call.Fail($"'{name}' is a directory");
                continue;
            }

            status |= AppletFiles.Try(call, $"can't remove '{name}'", () => Remove(call, call.PathOf(name), 0));
        }

        return Task.FromResult(status);
    }

    public static Task<int> ChangeModeAsync(HostCall call)
    {
        var words = call.Words;
        var recursive = words is ["-R", ..];
        if (recursive)
            words = [.. words.Skip(1)];
        if (words.Count < 2)
            throw new AppletUsageException("usage: chmod [-R] MODE[,MODE]... FILE...");
        var status = 0;
        foreach (var name in words.Skip(1).SelectMany(name => recursive ? TreeWalk.Everything(call, name).Select(one => one.Name) : [name]))
        {
            status |= AppletFiles.Try(call, name, () =>
            {
                var there = call.Files.Stat(call.PathOf(name));
                call.Files.SetMode(call.PathOf(name), ModeText.Parse(words[0], there.Mode, there.IsFolder) ?? throw new AppletUsageException($"invalid mode '{words[0]}'"));
            });
        }

        return Task.FromResult(status);
    }

    /// <summary>Everything is root's here.</summary>
    public static Task<int> ChangeOwnerAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "R");
        if (options.Operands.Count < 2)
            throw new AppletUsageException($"usage: {call.Name} [-R] OWNER FILE...");
        var status = 0;
        foreach (var name in options.Operands.Skip(1))
            status |= AppletFiles.Try(call, name, () => call.Files.Stat(call.PathOf(name)));
        return Task.FromResult(status);
    }

    public static Task<int> TouchAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "cr:d:t:");
        Require(options, "touch [-c] FILE...");
        var status = 0;
        foreach (var name in options.Operands)
        {
            if (!options.Has('c') || TreeWalk.Find(call, name) is not null)
                status |= AppletFiles.Try(call, name, () => call.Files.Touch(call.PathOf(name), call.Process.FileCreationMask));
        }

        return Task.FromResult(status);
    }

    /// <summary>Removes a file, or a folder and what is below it.</summary>
    public static void Remove(HostCall call, string path, int depth)
    {
        if (!call.Files.Stat(path, followLast: false).IsFolder)
        {
            call.Files.RemoveFile(path);
            return;
        }

        if (depth > TreeWalk.MostDepth)
            throw new HostFileException(HostFileException.NotEmpty);
        foreach (var child in call.Files.List(path))
            Remove(call, $"{path.TrimEnd('/')}/{child}", depth + 1);
        call.Files.RemoveFolder(path);
    }

    public static Task<int> LinkAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "sfn");
        if (!options.Has('s') || options.Operands.Count is 0 or > 2)
            throw new AppletUsageException("usage: ln -s [-fn] TARGET [LINK]");
        var target = options.Operands[0];
        var name = options.Operands.Count == 2 ? options.Operands[1] : ".";
        var path = call.PathOf(name);
        if (call.Files.IsFolder(path) && !options.Has('n'))
            path = HostFiles.Resolve(path, target.TrimEnd('/') is var plain ? plain[(plain.LastIndexOf('/') + 1)..] : target);
        return Task.FromResult(AppletFiles.Try(call, name, () =>
        {
            if (options.Has('f') && call.Files.Find(path, followLast: false) is { IsFolder: false })
                call.Files.RemoveFile(path);
            call.Files.CreateLink(path, target);
        }));
    }

    private static void Make(HostCall call, string name, int mode, bool withParents)
    {
        var path = call.PathOf(name);
        if (withParents)
        {
            if (call.Files.IsFolder(path))
                return;
            if (path != "/" && call.Files.Find(HostFiles.Parent(path)) is null)
                Make(call, HostFiles.Parent(path), 0b111_111_111 & ~call.Process.FileCreationMask, withParents);
        }

        call.Files.CreateFolder(path, mode);
    }

    private static void Require(AppletOptions options, string usage)
    {
        if (options.Operands.Count == 0)
            throw new AppletUsageException("usage: " + usage);
    }
}
