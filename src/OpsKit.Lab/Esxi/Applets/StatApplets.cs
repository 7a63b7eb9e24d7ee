using System.Globalization;
using System.Text;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>stat</c>, <c>df</c>, <c>du</c>, <c>readlink</c>, <c>realpath</c>.</summary>
internal static class StatApplets
{
    public static Task<int> StatAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "c:tLf");
        if (options.Operands.Count == 0)
            throw new AppletUsageException("usage: stat [-c FMT] FILE...");
        var status = 0;
        foreach (var name in options.Operands)
        {
            if (TreeWalk.Find(call, name) is not { } info)
                status = call.Fail($"can't stat '{name}': {HostFileException.NoEntry}");
            else
                call.Out.WriteLine(Format(options.Value('c') ?? "  File: %n\n  Size: %s\tBlocks: %b\tIO Block: 4096   %F\nAccess: (%4a/%A)  Uid: (    0/    root)   Gid: (    0/    root)\nModify: %y", name, info));
        }

        return Task.FromResult(status);
    }

    public static Task<int> DiskFreeAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "hkmTi");
        var human = options.Has('h');
        var wanted = options.Operands.Select(name => call.Files.VolumeOf(call.PathOf(name))).ToList();
        var rows = new List<string[]> { new[] { "Filesystem", human ? "Size" : "Bytes", "Used", "Available", "Use%", "Mounted on" } };
        foreach (var volume in call.Files.Volumes.Skip(wanted.Count > 0 ? 0 : 1).Where(volume => wanted.Count == 0 || wanted.Contains(volume)))
        {
            var (bytes, free) = volume.Shown?.Invoke() ?? (volume.Room.Bytes, volume.Room.Bytes - volume.Room.Used);
            string Size(long count) => human ? ByteSizes.Human(count) : count.ToString(CultureInfo.InvariantCulture);
            rows.Add([volume.Type, Size(bytes), Size(bytes - free), Size(free), $"{(bytes - free) * 100 / Math.Max(1, bytes)}%", volume.Alias ?? volume.Path]);
        }

        foreach (var row in rows)
            call.Out.WriteLine($"{row[0],-10} {row[1],14} {row[2],14} {row[3],14} {row[4],4} {row[5]}");
        return Task.FromResult(0);
    }

    public static Task<int> DiskUseAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "shkmad:");
        var status = 0;
        foreach (var name in options.Operands.Count == 0 ? ["."] : options.Operands)
        {
            if (TreeWalk.Find(call, name) is null)
            {
                status = call.Fail($"{name}: {HostFileException.NoEntry}");
                continue;
            }

            var size = TreeWalk.Everything(call, name).Where(one => !one.Info.IsFolder).Sum(one => one.Info.Size);
            call.Out.WriteLine($"{(options.Has('h') ? ByteSizes.Human(size) : ((size + 1023) / 1024).ToString(CultureInfo.InvariantCulture))}\t{name}");
        }

        return Task.FromResult(status);
    }

    public static Task<int> ReadLinkAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "fnev");
        var full = options.Has('f') || call.Name == "realpath";
        var status = 0;
        foreach (var name in options.Operands)
        {
            var info = TreeWalk.Find(call, name, followLast: full);
            if (full && info is not null)
                call.Out.WriteLine(info?.LinkTarget ?? call.PathOf(name));
            else if (info?.LinkTarget is { } target)
                call.Out.WriteLine(target);
            else
                status = call.Name == "realpath" ? call.Fail($"{name}: {HostFileException.NoEntry}") : 1;
        }

        return Task.FromResult(status);
    }

    private static string Format(string format, string name, HostFileInfo info)
    {
        var result = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                result.Append(format[i]);
                continue;
            }

            var width = char.IsAsciiDigit(format[++i]) && i + 1 < format.Length ? format[i++] - '0' : 0;
            result.Append(Value(format[i], name, info).PadLeft(width, '0'));
        }

        return result.ToString();
    }

    private static string Value(char letter, string name, HostFileInfo info) => letter switch
    {
        'n' => name,
        'N' => $"'{name}'",
        's' => info.Size.ToString(CultureInfo.InvariantCulture),
        'b' => ((info.Size + 511) / 512).ToString(CultureInfo.InvariantCulture),
        'a' => Convert.ToString(info.Mode, 8),
        'A' => info.ModeText,
        'U' or 'G' => "root",
        'u' or 'g' => "0",
        'F' => info.Kind switch { HostFileKind.Folder => "directory", HostFileKind.Device => "character special file", _ when info.Size == 0 => "regular empty file", _ => "regular file" },
        'X' or 'Y' or 'Z' => info.Modified.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'x' or 'y' or 'z' => info.Modified.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + "00 +0000",
        '%' => "%",
        _ => "?",
    };
}
