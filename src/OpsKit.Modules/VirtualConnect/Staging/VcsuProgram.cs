using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Runs VCSU as a child process for a change: what it says is kept in the run's folder, and shown as progress.</summary>
internal sealed class VcsuProgram(IApplyingDoors doors, VcsuFacts facts, string path, string enclosure)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(20);
    private readonly ProcessRunner _processes = new(doors.JumpHost.Clock);

    /// <summary>Runs an action that needs no login, or only looks.</summary>
    public Task<ProcessResult> LookAsync(string action, IReadOnlyList<string> arguments, VcsuAccess? access, CancellationToken cancellationToken) =>
        RunAsync(action, arguments, new VcsuDialogue(facts, access, line => Heard(action, line)), LongestLook, null, cancellationToken);

    /// <summary>Runs the update. It is stopped where it restarts modules by itself.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="access">The passwords it may ask for.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="started">Told its process's id.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ProcessResult> UpdateAsync(IReadOnlyList<string> arguments, VcsuAccess access, TimeSpan limit, Action<int> started, CancellationToken cancellationToken) =>
        RunAsync("update", arguments, new VcsuDialogue(facts, access, line => Heard("update", line)) { StopsAtActivation = true }, limit, started, cancellationToken);

    private async Task<ProcessResult> RunAsync(
        string action, IReadOnlyList<string> arguments, VcsuDialogue dialogue, TimeSpan limit, Action<int>? started, CancellationToken cancellationToken)
    {
        doors.Keep(LogOf(action), $"$ {path} {VcsuArguments.Shown(arguments)}\n");
        var result = await _processes.RunAsync(
            new ProcessRequest
            {
                FileName = path,
                Arguments = arguments,
                WorkingDirectory = doors.OutputFolder,
                Timeout = limit,
                Converse = dialogue.Hear,
                Started = started,
            },
            cancellationToken).ConfigureAwait(false);
        dialogue.End();
        doors.Keep(LogOf(action), $"exit code {result.ExitCode}\n");
        return result;
    }

    private void Heard(string action, string line)
    {
        doors.Keep(LogOf(action), line + "\n");
        if (line.AsSpan().ContainsAnyExcept("-=. "))
            doors.Progress($"VCSU {action}: {SafeText.Line(line.Trim())}", 0);
    }

    private string LogOf(string action) => $"vcsu-{enclosure}-{action}.log";
}
