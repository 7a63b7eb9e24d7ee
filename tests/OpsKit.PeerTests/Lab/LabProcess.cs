using System.Diagnostics;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Lab;

/// <summary>A serving <c>opskit-lab</c>, a process of its own that holds every message to the schema; it ends with this object, and ends well.</summary>
internal sealed class LabProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-lab-peer-").FullName;
    private readonly Process _process;
    private readonly Task<string> _said;

    private LabProcess(string[] options)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "opskit-lab.dll"), "serve", "--folder", "lab", "--check-messages", .. options])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _said = _process.StandardError.ReadToEndAsync();
    }

    public const string Administrator = "administrator@vsphere.local";

    public const string Auditor = "readonly@vsphere.local";

    /// <summary>The port of its vCenter on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>Root of the vCenter's addresses.</summary>
    public Uri Address => new($"https://127.0.0.1:{Port}/");

    public string Inventory => Path.Combine(_folder, "lab", "opskit.yaml");

    /// <summary>PEM file of the vCenter's certificate.</summary>
    public string Certificate => Path.Combine(_folder, "lab", "certificates", "vc1.pem");

    public string PasswordOf(string account) => File.ReadAllText(Path.Combine(_folder, "lab", "secrets", $"vc1-{account.Split('@')[0]}")).TrimEnd();

    /// <param name="options">Options of <c>opskit-lab serve</c>, such as <c>"--speed", "60"</c>.</param>
    public static async Task<LabProcess> StartAsync(params string[] options)
    {
        var lab = new LabProcess(options);
        while (await lab._process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("https://127.0.0.1:", StringComparison.Ordinal))
                lab.Port = new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Port;

            // Its welcome ends with what to type next.
            if (line.Contains("opskit-lab log", StringComparison.Ordinal))
                return lab;
        }

        throw new InvalidOperationException($"opskit-lab serve {string.Join(' ', options)} did not start: {await lab._said}");
    }

    /// <summary>Stops it as a terminal would. Violations of the schema are told here.</summary>
    public async ValueTask DisposeAsync()
    {
        await Shell.RunAsync("kill", "-s", "TERM", $"{_process.Id}");
        await _process.WaitForExitAsync();
        var said = await _said;
        var status = _process.ExitCode;
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
        status.ShouldBe(0, said);
        said.ShouldContain(" 0 violations");
    }
}
