using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>Goes through folders and what is below them, in order.</summary>
internal static class TreeWalk
{
    public const int MostDepth = 200;

    /// <summary>Everything at and below a path, folders before what is in them.</summary>
    public static IEnumerable<(string Name, HostFileInfo Info, int Depth)> Everything(HostCall call, string name, int depth = 0)
    {
        if (Find(call, name, followLast: false) is not { } info)
        {
            call.Fail($"{name}: {HostFileException.NoEntry}");
            yield break;
        }

        yield return (name, info, depth);
        if (!info.IsFolder || depth >= MostDepth || (info.LinkTarget is not null && depth > 0))
            yield break;
        foreach (var child in call.Files.List(call.PathOf(name)))
        {
            foreach (var below in Everything(call, name.EndsWith('/') ? name + child : $"{name}/{child}", depth + 1))
                yield return below;
        }
    }

    public static IEnumerable<string> Files(HostCall call, string name) => Everything(call, name).Where(one => one.Info.Kind == HostFileKind.File).Select(one => one.Name);

    public static HostFileInfo? Find(HostCall call, string name, bool followLast = true)
    {
        try
        {
            return call.Files.Find(call.PathOf(name), followLast);
        }
        catch (Exception e) when (HostFileException.IsFileFailure(e))
        {
            return null;
        }
    }
}
