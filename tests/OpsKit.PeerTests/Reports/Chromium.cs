using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsKit.PeerTests.Reports;

/// <summary>A headless Chromium, told what to do over its DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-port=0",
    ];

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _requests = [];
    private int _id;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>What pages asked for so far.</summary>
    public IReadOnlyList<string> Requests => _requests;

    public static async Task<Chromium> StartAsync(CancellationToken cancellationToken)
    {
        var profile = Directory.CreateTempSubdirectory("opskit-chromium-").FullName;
        var start = new ProcessStartInfo("chromium") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var flag in Flags)
            start.ArgumentList.Add(flag);
        start.ArgumentList.Add($"--user-data-dir={profile}");
        start.ArgumentList.Add("about:blank");
        var browser = new Chromium(Process.Start(start)!, profile);
        try
        {
            await browser._socket.ConnectAsync(await browser.AddressAsync(cancellationToken), cancellationToken);
            var target = await browser.CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, null, cancellationToken);
            var attached = await browser.CallAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true }, null, cancellationToken);
            browser.Session = attached["sessionId"]!.GetValue<string>();
            foreach (var domain in new[] { "Page.enable", "Network.enable", "Runtime.enable" })
                await browser.CallAsync(domain, [], browser.Session, cancellationToken);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    private string? Session { get; set; }

    /// <summary>Opens a file in a window of a width, in a colour scheme, and waits until it is there.</summary>
    public async Task OpenAsync(string file, int width, string scheme, CancellationToken cancellationToken)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 500 }, Session, cancellationToken);
        await CallAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }) }, Session, cancellationToken);
        _requests.Clear();
        await CallAsync("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri }, Session, cancellationToken);
        await EventAsync("Page.loadEventFired", cancellationToken);
    }

    /// <summary>Lets the browser print the page; the PDF.</summary>
    public async Task<byte[]> PrintAsync(CancellationToken cancellationToken) =>
        Convert.FromBase64String((await CallAsync("Page.printToPDF", new JsonObject { ["printBackground"] = false }, Session, cancellationToken))["data"]!.GetValue<string>());

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonNode?> ValueAsync(string expression, CancellationToken cancellationToken) =>
        (await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true }, Session, cancellationToken))["result"]!["value"];

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    /// <summary>The browser says on its standard error where it listens.</summary>
    private async Task<Uri> AddressAsync(CancellationToken cancellationToken)
    {
        const string Listening = "DevTools listening on ";
        while (await _process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Uri(line[Listening.Length..].Trim());
            }
        }

        throw new InvalidOperationException("chromium ended before it listened");
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters, string? session, CancellationToken cancellationToken)
    {
        var id = ++_id;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
            call["sessionId"] = session;
        await _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        while (true)
        {
            var message = await ReceiveAsync(cancellationToken);
            if (message["id"]?.GetValue<int>() != id)
                continue;
            return message["result"] ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{method}: {message["error"]?.ToJsonString()}"));
        }
    }

    private async Task EventAsync(string method, CancellationToken cancellationToken)
    {
        while ((await ReceiveAsync(cancellationToken))["method"]?.GetValue<string>() != method)
        {
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer), cancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        var node = JsonNode.Parse(message.ToArray()) ?? throw new JsonException("an empty message");
        if (node["method"]?.GetValue<string>() == "Network.requestWillBeSent")
            _requests.Add(node["params"]!["request"]!["url"]!.GetValue<string>());
        return node;
    }
}
