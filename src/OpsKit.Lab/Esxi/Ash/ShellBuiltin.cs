using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>A command the shell carries out itself; the first word is its name.</summary>
internal delegate Task<int> ShellBuiltin(AshShell shell, IReadOnlyList<string> words);

internal static class ShellBuiltinCalls
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    /// <summary>A program that runs in the shell's own process, such as <c>echo</c>.</summary>
    public static ShellBuiltin InShell(Func<HostCall, Task<int>> program) => async (shell, words) =>
    {
        var call = new HostCall(shell.System, shell.Process, shell.Descriptors, words, shell.Folder, NoEnvironment) { Complaints = "sh" };
        var status = await program(call).ConfigureAwait(false);
        await call.FlushAsync().ConfigureAwait(false);
        return status;
    };

    public static async Task WriteAsync(this AshShell shell, string text)
    {
        if (shell.Descriptors[1] is not { } output)
            throw new IOException("Bad file descriptor");
        await output.WriteAsync(ByteText.Bytes(text), shell.Process.Token).ConfigureAwait(false);
    }
}
