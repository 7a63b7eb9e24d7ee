using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>The files a program was given, one after the other; its input where it was given none.</summary>
internal static class AppletFiles
{
    /// <summary>Hands each file to a function; one that cannot be opened is said and passed over.</summary>
    /// <returns>0, or 1 where some could not be read.</returns>
    public static async Task<int> EachAsync(HostCall call, IReadOnlyList<string> names, Func<string, Stream, Task> use)
    {
        var status = 0;
        foreach (var name in names.Count == 0 ? ["-"] : names)
        {
            if (name == "-")
            {
                await use("-", call.Input).ConfigureAwait(false);
                continue;
            }

            try
            {
                var file = call.Files.OpenRead(call.PathOf(name));
                await using (file.ConfigureAwait(false))
                    await use(name, file).ConfigureAwait(false);
            }
            catch (Exception e) when (IsOpening(e))
            {
                status = call.Fail(e is HostFileException { Message: HostFileException.IsFolder } ? "read error: Is a directory" : Complaint(call, name, HostFileException.ReasonOf(e)));
            }
        }

        return status;
    }

    /// <summary>All of the files' lines.</summary>
    public static async Task<(List<string> Lines, int Status)> LinesAsync(HostCall call, IReadOnlyList<string> names)
    {
        var lines = new List<string>();
        var status = await EachAsync(call, names, async (_, stream) =>
        {
            var reader = new LineReader(stream);
            while (await reader.ReadAsync().ConfigureAwait(false) is { } line)
            {
                lines.Add(line);
                if (lines.Count > 2_000_000)
                    throw new AppletUsageException("out of memory");
            }
        }).ConfigureAwait(false);
        return (lines, status);
    }

    /// <summary>A change to a file that may fail, which is said.</summary>
    /// <returns>0, or 1 where it failed.</returns>
    public static int Try(HostCall call, string doing, Action change)
    {
        try
        {
            change();
            return 0;
        }
        catch (Exception e) when (HostFileException.IsFileFailure(e))
        {
            return call.Fail($"{doing}: {HostFileException.ReasonOf(e)}");
        }
    }

    private static string Complaint(HostCall call, string name, string reason) =>
        call.Name is "grep" or "egrep" or "fgrep" or "gzip" or "gunzip" or "zcat" or "sed" ? $"{name}: {reason}" : $"can't open '{name}': {reason}";

    private static bool IsOpening(Exception e) => e is HostFileException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException;
}
