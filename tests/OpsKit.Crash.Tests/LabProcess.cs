using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OpsKit.TestKit;

namespace OpsKit.Crash.Tests;

/// <summary>An operation as the lab logged it.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Operation">Such as <c>RebootHost_Task</c>.</param>
/// <param name="Kind"><c>Query</c>, <c>Session</c> or <c>Change</c>.</param>
/// <param name="Target">The object's id.</param>
internal sealed record LabOperation(long Sequence, string Operation, string Kind, string Target);

/// <summary><c>opskit-lab serve</c> in a process of its own, watched through its control endpoint.</summary>
internal sealed class LabProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    private readonly Process _process;
    private readonly HttpClient _control;

    private LabProcess(Process process, HttpClient control, string folder)
    {
        (_process, _control, Folder) = (process, control, folder);
        Port = int.Parse(
            File.ReadLines(Inventory).First(line => line.Contains("address: 127.0.0.1:", StringComparison.Ordinal)).Split(':')[^1], CultureInfo.InvariantCulture);
    }

    public string Folder { get; }

    public string Inventory => Path.Combine(Folder, "opskit.yaml");

    /// <summary>The vCenter's port.</summary>
    public int Port { get; }

    /// <summary>Starts a lab.</summary>
    /// <param name="folder">A folder for it.</param>
    /// <param name="speed">How many times as fast as the real one its clock runs.</param>
    /// <param name="size">The estate.</param>
    /// <param name="more">Further options, such as <c>--sshd</c>.</param>
    public static async Task<LabProcess> StartAsync(string folder, int speed, string size = "small", params IReadOnlyList<string> more)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (IEnumerable<string>)[Path.Combine(AppContext.BaseDirectory, "opskit-lab.dll"), "serve", "--folder", folder, "--size", size, "--speed", $"{speed}", "--quiet", .. more])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var file = Path.Combine(folder, "control.json");
        await Eventually.TrueAsync(() => process.HasExited || (File.Exists(file) && new FileInfo(file).Length > 0), "the lab's control file");
        process.HasExited.ShouldBeFalse("the lab did not start");
        using var control = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var http = new HttpClient { BaseAddress = new Uri(control.RootElement.GetProperty("address").GetString()!), Timeout = TimeSpan.FromMinutes(1) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", control.RootElement.GetProperty("token").GetString());
        return new LabProcess(process, http, folder);
    }

    /// <summary>What it received after a sequence number.</summary>
    public async Task<IReadOnlyList<LabOperation>> LogAsync(long after = 0, int waitSeconds = 0) =>
        (await _control.GetFromJsonAsync<List<LabOperation>>($"log?after={after}&wait={waitSeconds}", Names))!;

    /// <summary>The changes it received, such as <c>RebootHost_Task host-21</c>, in order.</summary>
    public async Task<IReadOnlyList<string>> ChangesAsync() =>
        [.. (await LogAsync()).Where(operation => operation.Kind == "Change" && operation.Operation != "CancelTask").Select(operation => $"{operation.Operation} {operation.Target}")];

    /// <summary>Waits until it has carried out an operation so many times.</summary>
    public async Task ReceivedAsync(string operation, int times = 1)
    {
        for (var (after, seen) = (0L, 0); seen < times;)
        {
            var more = await LogAsync(after, waitSeconds: 20);
            more.ShouldNotBeEmpty($"no {operation} was received");
            seen += more.Count(received => received.Operation == operation);
            after = more[^1].Sequence;
        }
    }

    /// <summary>Has a fault strike.</summary>
    /// <param name="kind">Such as <c>slow</c>.</param>
    /// <param name="operation">What it strikes.</param>
    /// <param name="after">How many of them it lets pass first.</param>
    /// <param name="delay">How late a slow answer is, in lab time.</param>
    public async Task<int> AddFaultAsync(string kind, string operation, int after = 0, TimeSpan? delay = null)
    {
        using var answer = await _control.PostAsJsonAsync("faults", new { kind, operation, after, times = 1, delay = (delay ?? TimeSpan.Zero).Ticks });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetInt32();
    }

    /// <summary>Waits until a fault has struck.</summary>
    public Task StruckAsync(int fault) => Eventually.TrueAsync(
        async () => (await _control.GetFromJsonAsync<JsonElement>("faults")).EnumerateArray().Any(standing => standing.GetProperty("number").GetInt32() == fault && standing.GetProperty("hits").GetInt32() > 0),
        $"fault {fault} to strike");

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
