using System.IO.Compression;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>gzip</c>, <c>gunzip</c>, <c>zcat</c>.</summary>
internal static class GzipApplet
{
    private const string Suffix = ".gz";

    public static async Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "cdfkt123456789");
        var expand = call.Name is "gunzip" or "zcat" || options.Has('d') || options.Has('t');
        if (options.Operands.Count == 0 || options.Has('c') || options.Has('t') || call.Name == "zcat")
        {
            var bad = 0;
            var status = await AppletFiles.EachAsync(call, options.Operands, async (name, stream) => bad |= await ThroughAsync(call, name, stream, options.Has('t') ? Stream.Null : call.Output, expand).ConfigureAwait(false)).ConfigureAwait(false);
            return status | bad;
        }

        var failed = 0;
        foreach (var name in options.Operands)
            failed |= await ReplaceAsync(call, name, expand, options.Has('f'), options.Has('k')).ConfigureAwait(false);
        return failed;
    }

    private static async Task<int> ReplaceAsync(HostCall call, string name, bool expand, bool force, bool keep)
    {
        if (expand && !name.EndsWith(Suffix, StringComparison.Ordinal) && !name.EndsWith(".tgz", StringComparison.Ordinal))
            return call.Fail($"{name}: unknown suffix - ignored");
        var target = !expand ? name + Suffix : name.EndsWith(".tgz", StringComparison.Ordinal) ? name[..^3] + "tar" : name[..^Suffix.Length];
        if (TreeWalk.Find(call, target) is not null && !force)
            return call.Fail($"can't open '{target}': {HostFileException.Exists}");
        return await AppletFiles.EachAsync(call, [name], async (_, stream) =>
        {
            var output = call.OpenWrite(target, HostWriting.Anew);
            int bad;
            await using (output.ConfigureAwait(false))
                bad = await ThroughAsync(call, name, stream, output, expand).ConfigureAwait(false);
            if (bad != 0)
                call.Files.RemoveFile(call.PathOf(target));
            else if (!keep)
                call.Files.RemoveFile(call.PathOf(name));
        }).ConfigureAwait(false);
    }

    private static async Task<int> ThroughAsync(HostCall call, string name, Stream input, Stream output, bool expand)
    {
        try
        {
            if (expand)
            {
                var unpacked = new GZipStream(input, CompressionMode.Decompress, leaveOpen: true);
                await using (unpacked.ConfigureAwait(false))
                    await unpacked.CopyToAsync(output, call.CancellationToken).ConfigureAwait(false);
            }
            else
            {
                var packed = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
                await using (packed.ConfigureAwait(false))
                    await input.CopyToAsync(packed, call.CancellationToken).ConfigureAwait(false);
            }

            return 0;
        }
        catch (InvalidDataException)
        {
            return call.Fail(name == "-" ? "invalid magic" : $"{name}: invalid magic");
        }
    }
}
