using OpsKit.Connections.Platform;

namespace OpsKit.Connections.Secrets;

/// <summary>Fetches secrets by reference. Each is fetched once and then known to the <see cref="Redactor"/>.</summary>
public sealed class SecretResolver : IDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(60);

    private readonly JumpHost _host;
    private readonly ProcessRunner _processes;
    private readonly ISecretPrompt? _prompt;
    private readonly Redactor _redactor;
    private readonly Dictionary<(SecretReference Reference, string Owner), Secret> _known = [];
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Creates a resolver.</summary>
    /// <param name="host">Where variables and relative paths are looked up.</param>
    /// <param name="processes">Runs <c>cmd:</c> references.</param>
    /// <param name="prompt">Asks the operator; null off a terminal, where <c>prompt</c> references are refused.</param>
    /// <param name="redactor">Learns every secret that is fetched.</param>
    public SecretResolver(JumpHost host, ProcessRunner processes, ISecretPrompt? prompt, Redactor redactor)
    {
        _host = host;
        _processes = processes;
        _prompt = prompt;
        _redactor = redactor;
    }

    /// <summary>Knows every secret that was fetched.</summary>
    public Redactor Redactor => _redactor;

    /// <summary>Fetches a secret.</summary>
    /// <param name="reference">Where it is.</param>
    /// <param name="owner">Whose it is, for the prompt and for errors, such as <c>password of root for esx01</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">It cannot be fetched (<see cref="FailureKind.Usage"/>); the message never holds the secret.</exception>
    public async Task<Secret> ResolveAsync(SecretReference reference, string owner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        // One at a time: two sessions must not ask the operator for the same password at once.
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var key = (reference, reference.Source == SecretSource.Prompt ? owner : "");
            if (_known.TryGetValue(key, out var known))
                return known;

            var secret = new Secret(reference.Source switch
            {
                SecretSource.Environment => FromEnvironment(reference, owner),
                SecretSource.File => FromFile(reference, owner),
                SecretSource.Command => await FromCommandAsync(reference, owner, cancellationToken).ConfigureAwait(false),
                _ => await FromPromptAsync(owner, cancellationToken).ConfigureAwait(false),
            });
            _redactor.Register(secret);
            return _known[key] = secret;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Frees the resolver; the secrets it knows are forgotten.</summary>
    public void Dispose()
    {
        _known.Clear();
        _gate.Dispose();
    }

    private string FromEnvironment(SecretReference reference, string owner) => _host.Variable(reference.Value)
        ?? throw Failure($"the environment variable {reference.Value} is not set", owner, $"export {reference.Value}=…");

    private string FromFile(SecretReference reference, string owner)
    {
        var path = _host.ResolvePath(reference.Value);
        SecretFile.RequirePrivate(path, owner);
        try
        {
            using var reader = new StreamReader(path);
            var line = reader.ReadLine();
            return line is { Length: > 0 } ? line : throw Failure($"the first line of {path} is empty", owner, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure($"{path} cannot be read: {e.Message}", owner, null, e);
        }
    }

    private async Task<string> FromCommandAsync(SecretReference reference, string owner, CancellationToken cancellationToken)
    {
        ProcessResult result;
        try
        {
            result = await _processes.RunAsync(ProcessRequest.Shell(reference.Value) with { Timeout = CommandTimeout }, cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException e)
        {
            throw Failure($"the command of {reference} failed: {e.What}", owner, null, e);
        }

        if (result.ExitCode != 0)
        {
            var said = _redactor.Redact(result.Error.Trim());
            throw Failure($"the command of {reference} ended with exit code {result.ExitCode}{(said.Length > 0 ? $": {said}" : "")}", owner, "run the command by hand and see what it says");
        }

        var line = result.Output.Split('\n', 2)[0].TrimEnd('\r');
        return line.Length > 0 ? line : throw Failure($"the command of {reference} printed nothing", owner, "run the command by hand: its first line must be the secret");
    }

    private async Task<string> FromPromptAsync(string owner, CancellationToken cancellationToken)
    {
        if (_prompt is null)
            throw Failure("it is to be asked for, but there is no terminal to ask on", owner, "give it as env:NAME, file:PATH or cmd:COMMAND instead");
        var answer = await _prompt.AskAsync(char.ToUpperInvariant(owner[0]) + owner[1..], cancellationToken).ConfigureAwait(false);
        return answer is { Length: > 0 } ? answer : throw Failure("nothing was entered", owner, null);
    }

    private static OpsKitException Failure(string what, string owner, string? next, Exception? cause = null) =>
        new(FailureKind.Usage, what, owner, next, cause);
}
