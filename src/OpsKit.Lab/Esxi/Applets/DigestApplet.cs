using System.Security.Cryptography;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>sha256sum</c> and its kin, also checking (<c>-c</c>).</summary>
internal sealed class DigestApplet(HashAlgorithmName algorithm)
{
    public async Task<int> RunAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "csw");
        if (options.Has('c'))
            return await CheckAsync(call, options).ConfigureAwait(false);
        return await AppletFiles.EachAsync(call, options.Operands, async (name, stream) => call.Out.WriteLine($"{await DigestAsync(stream).ConfigureAwait(false)}  {name}")).ConfigureAwait(false);
    }

    private async Task<int> CheckAsync(HostCall call, AppletOptions options)
    {
        var (lines, status) = await AppletFiles.LinesAsync(call, options.Operands).ConfigureAwait(false);
        var failed = 0;
        foreach (var line in lines)
        {
            var gap = line.IndexOf("  ", StringComparison.Ordinal);
            if (gap < 0)
                continue;
            var (wanted, name) = (line[..gap], line[(gap + 2)..]);
            var right = false;
            try
            {
                var file = call.Files.OpenRead(call.PathOf(name));
                await using (file.ConfigureAwait(false))
                    right = await DigestAsync(file).ConfigureAwait(false) == wanted;
            }
            catch (Exception e) when (HostFileException.IsFileFailure(e))
            {
                call.Fail($"can't open '{name}': {HostFileException.ReasonOf(e)}");
            }

            failed += right ? 0 : 1;
            if (!options.Has('s'))
                call.Out.WriteLine($"{name}: {(right ? "OK" : "FAILED")}");
        }

        if (failed > 0)
            call.Fail($"WARNING: {failed} of {lines.Count} computed checksums did NOT match");
        return failed > 0 ? 1 : status;
    }

    private async Task<string> DigestAsync(Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
            hash.AppendData(buffer, 0, count);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
