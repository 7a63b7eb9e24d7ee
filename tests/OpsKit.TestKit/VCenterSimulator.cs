using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace OpsKit.TestKit;

/// <summary>A running vCenter simulator (<c>tests/vcsim</c>), a process of its own that ends with this object or with the test process.</summary>
public sealed class VCenterSimulator : IAsyncDisposable
{
    private static readonly SemaphoreSlim Building = new(1, 1);

    private readonly Process _process;
    private readonly HttpClient _control;

    private VCenterSimulator(Process process, IReadOnlyDictionary<string, string> facts)
    {
        _process = process;
        Sdk = new Uri(facts["url"]);
        User = facts["user"];
        Password = facts["password"];
        Thumbprint = facts.GetValueOrDefault("thumbprint");
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.GetCertHashString(HashAlgorithmName.SHA256) == Thumbprint;
        _control = new HttpClient(handler) { BaseAddress = new Uri(facts["control"] + "/") };
    }

    /// <summary>Address of the SOAP service, such as <c>https://127.0.0.1:40123/sdk</c>.</summary>
    public Uri Sdk { get; }

    /// <summary>The user that may log in.</summary>
    public string User { get; }

    /// <summary>That user's password.</summary>
    public string Password { get; }

    /// <summary>SHA-256 of the certificate, upper-case hex; null on plain HTTP.</summary>
    public string? Thumbprint { get; }

    /// <summary>Path of an estate file of <c>tests/vcsim/estates</c>, for the flag <c>-estate</c>.</summary>
    public static string EstateFile(string name) => Repository.PathOf($"tests/vcsim/estates/{name}.json");

    /// <summary>Builds the simulator where its sources changed and starts it on a free loopback port.</summary>
    /// <param name="flags">Flags of <c>tests/vcsim/run</c>, such as <c>"-vms", "10"</c>.</param>
    public static async Task<VCenterSimulator> StartAsync(params string[] flags)
    {
        var program = await BuildAsync();
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var flag in (string[])["-stdin", .. flags])
            start.ArgumentList.Add(flag);

        var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var facts = new Dictionary<string, string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
                return new VCenterSimulator(process, facts);
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            facts[line[..colon]] = line[(colon + 2)..];
        }

        throw new InvalidOperationException($"vcsim {string.Join(' ', flags)} did not start: {await complaints}");
    }

    /// <summary>Names of all SOAP operations received since the start or the last <see cref="ResetAsync"/>, in order.</summary>
    public async Task<IReadOnlyList<string>> CallsAsync() => (await _control.GetFromJsonAsync<string[]>("calls"))!;

    /// <summary>User names of the sessions that are logged in now.</summary>
    public async Task<IReadOnlyList<string>> SessionsAsync() => (await _control.GetFromJsonAsync<string[]>("sessions"))!;

    /// <summary>Ends every session, as a vCenter does after idle time; the next call of each is answered <c>NotAuthenticated</c>.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> ExpireSessionsAsync() => int.Parse(await PostAsync("expire"));

    /// <summary>Forgets the calls and the failures asked for.</summary>
    public Task ResetAsync() => PostAsync("reset");

    /// <summary>Lets the next <paramref name="times"/> calls of an operation fail with a bare fault of the given type, such as <c>NotAuthenticated</c>.</summary>
    public Task FailAsync(string operation, int times, string fault) => PostAsync($"fail?method={operation}&times={times}&fault={fault}");

    /// <summary>Lets the next <paramref name="times"/> calls of an operation fail with an HTTP status.</summary>
    public Task FailAsync(string operation, int times, int status) => PostAsync($"fail?method={operation}&times={times}&status={status}");

    /// <summary>Starts tasks on virtual machines that run until <see cref="FinishTasksAsync"/>: the simulator's own have ended before their call returns.</summary>
    /// <returns>Their keys.</returns>
    public async Task<IReadOnlyList<string>> StartTasksAsync(int count) => JsonSerializer.Deserialize<string[]>(await PostAsync($"tasks/start?count={count}"))!;

    /// <summary>Tells of all started tasks how far they are, 0–100.</summary>
    public Task ProgressTasksAsync(int percent) => PostAsync($"tasks/progress?percent={percent}");

    /// <summary>Ends all started tasks well.</summary>
    public Task FinishTasksAsync() => PostAsync("tasks/finish");

    /// <summary>Stops the simulator.</summary>
    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<string> PostAsync(string what)
    {
        using var response = await _control.PostAsync(new Uri(what, UriKind.Relative), content: null);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsStringAsync()).Trim();
    }

    private static async Task<string> BuildAsync()
    {
        await Building.WaitAsync();
        try
        {
            return (await Shell.RunAsync(Repository.PathOf("tests/vcsim/run"), "--build-only")).Trim();
        }
        finally
        {
            Building.Release();
        }
    }
}
