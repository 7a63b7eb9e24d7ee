using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary>Sends the file to the host, where it is not there already; the host computes its digest.</summary>
internal sealed class UploadChange(IApplyingDoors doors, Target target, VibOrder order)
{
    private static readonly TimeSpan DigestTime = TimeSpan.FromMinutes(10);

    public async Task<ChangeResult> ApplyAsync(CancellationToken cancellationToken)
    {
        var name = HostShells.NameOf(doors, target);
        if (await IsThereAsync(await doors.ShellAsync(name, cancellationToken).ConfigureAwait(false), order, cancellationToken).ConfigureAwait(false))
            return new ChangeResult(order.Path, "it was there already");
        if (order.Inner.Length == 0)
            return await SendAsync(name, order.Local, cancellationToken).ConfigureAwait(false);

        // A vendor's ZIP is not sent: hosts do not take it, and what they take is inside.
        var folder = Directory.CreateDirectory(Path.Combine(doors.JumpHost.StateDirectory, "unpacked"));
        var unpacked = Path.Combine(folder.FullName, Guid.NewGuid().ToString("N"));
        try
        {
            await Task.Run(
                () =>
                {
                    using var file = new FileStream(unpacked, FileMode.CreateNew, FileAccess.Write);
                    VibReader.CopyInner(order.Local, order.Inner, file, null, cancellationToken);
                },
                cancellationToken).ConfigureAwait(false);
            return await SendAsync(name, unpacked, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(unpacked);
        }
    }

    /// <summary>Sends it again where it went away since: with a restart, what is in memory does.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (order.Local.Length > 0)
            await ApplyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the host has the file, with the digest it should have. A host that cannot compute one has it sent again.</summary>
    public static async Task<bool> IsThereAsync(ShellQueries shell, VibOrder order, CancellationToken cancellationToken)
    {
        var looked = await shell.RunAsync(ReadingCommand.Program("sha256sum", order.Path) with { Timeout = DigestTime }, cancellationToken).ConfigureAwait(false);
        return looked.Succeeded && looked.Output.StartsWith(order.Sha256 + " ", StringComparison.OrdinalIgnoreCase);
    }

    private async Task<ChangeResult> SendAsync(string name, string file, CancellationToken cancellationToken)
    {
        var session = await doors.SshAsync(name, cancellationToken).ConfigureAwait(false);
        var sent = await session.UploadAsync(new Upload(file, order.Path) { DigestTimeout = DigestTime }, new Shares(doors), cancellationToken).ConfigureAwait(false);
        if (sent.Sha256 == order.Sha256)
            return new ChangeResult(order.Path, $"{HostRoom.Megabytes(sent.Bytes)}, digest compared by the host's {sent.VerifiedBy}");
        await session.RunAsync(PosixShell.Command("rm", "-f", order.Path), cancellationToken).ConfigureAwait(false);
        throw new OpsKitException(
            FailureKind.Failed, $"{order.Local} is not the file that was planned with: its SHA-256 was {order.Sha256} and is {sent.Sha256}; it was removed from the host again", target.Name, "make a new plan");
    }

    private sealed class Shares(IApplyingDoors doors) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value) =>
            doors.Progress($"sent {HostRoom.Megabytes(value.Sent)} of {HostRoom.Megabytes(value.Total)}", value.Total > 0 ? (double)value.Sent / value.Total : null);
    }
}
