using System.Globalization;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Carries redirections out on a copy of the shell's descriptors.</summary>
internal sealed class Redirector(AshShell shell)
{
    /// <summary>The descriptors a command gets; null where one cannot be opened, which is said.</summary>
    public async ValueTask<Descriptors?> ApplyAsync(IReadOnlyList<Redirection> redirections)
    {
        var descriptors = shell.Descriptors.Copy();
        try
        {
            foreach (var redirection in redirections)
                await ApplyAsync(redirection, descriptors).ConfigureAwait(false);
            return descriptors;
        }
        catch (RedirectionException e)
        {
            descriptors.Dispose();
            await shell.ComplainAsync(e.Message).ConfigureAwait(false);
            return null;
        }
        catch
        {
            descriptors.Dispose();
            throw;
        }
    }

    private async ValueTask ApplyAsync(Redirection redirection, Descriptors descriptors)
    {
        var target = await shell.Expander.ExpandToTextAsync(redirection.Target).ConfigureAwait(false);
        switch (redirection.Kind)
        {
            case RedirectionKind.HereDocument:
                descriptors.Set(redirection.Descriptor, new OpenFile(new MemoryStream(ByteText.Bytes(target))));
                break;
            case RedirectionKind.CopyInput or RedirectionKind.CopyOutput:
                Copy(redirection.Descriptor, target, descriptors);
                break;
            default:
                descriptors.Set(redirection.Descriptor, Open(redirection.Kind, target));
                break;
        }
    }

    private static void Copy(int descriptor, string source, Descriptors descriptors)
    {
        if (source == "-")
        {
            descriptors.Close(descriptor);
            return;
        }

        if (!int.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new ShellFailureException("syntax error: bad fd number");
        var file = descriptors[number] ?? throw new RedirectionException($"{number}: Bad file descriptor");
        if (number != descriptor)
            descriptors.Set(descriptor, file.Share());
    }

    private OpenFile Open(RedirectionKind kind, string target)
    {
        var path = shell.PathOf(target);
        var files = shell.System.Files;
        try
        {
            if (target.Length == 0)
                throw new HostFileException(HostFileException.NoEntry);
            if (kind == RedirectionKind.Read)
                return new OpenFile(files.OpenRead(path));
            if (kind == RedirectionKind.Write && shell.Options.NoClobber && files.Find(path) is { Kind: HostFileKind.File })
                throw new HostFileException(HostFileException.Exists);
            return new OpenFile(files.OpenWrite(path, kind switch { RedirectionKind.Append => HostWriting.Append, RedirectionKind.ReadWrite => HostWriting.Both, _ => HostWriting.Anew }, shell.Process.FileCreationMask));
        }
        catch (Exception e) when (HostFileException.IsFileFailure(e))
        {
            var reading = kind == RedirectionKind.Read;
            var reason = HostFileException.ReasonOf(e);
            if (reason is HostFileException.NoEntry or HostFileException.NotFolder)
                reason = reading ? "no such file" : "nonexistent directory";
            throw new RedirectionException($"can't {(reading ? "open" : "create")} {target}: {reason}");
        }
    }

    private sealed class RedirectionException(string message) : Exception(message);
}
