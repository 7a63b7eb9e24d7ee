using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using OpsKit.Connections;
using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Operations;

namespace OpsKit.Lab.Control;

/// <summary>Speaks with a serving lab.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _folder;

    private ControlClient(ControlFile file, string folder)
    {
        _folder = folder;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = file.Address, Timeout = TimeSpan.FromMinutes(1) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", file.Token);
    }

    /// <summary>Finds the lab that serves from a folder.</summary>
    /// <exception cref="OpsKitException">There is none (Usage).</exception>
    public static ControlClient Of(string folder) => new(ControlFile.Read(folder), folder);

    public Task<IReadOnlyList<FaultStanding>> FaultsAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "faults", null, json => List(json, ControlJson.ReadStanding), cancellationToken);

    /// <summary>Adds a fault.</summary>
    /// <returns>The fault with its number, and whether the estate has anything it names.</returns>
    public async Task<(Fault Added, bool Known)> AddAsync(Fault fault, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            ControlJson.Write(json, fault);
            json.WriteEndObject();
        }

        return await SendAsync(HttpMethod.Post, "faults", Encoding.UTF8.GetString(buffer.ToArray()), answer => (ControlJson.ReadFault(answer), answer.GetProperty("known").GetBoolean()), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes one fault off, or all of them for null.</summary>
    /// <returns>How many were taken off.</returns>
    public Task<int> ClearAsync(int? number, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, number is { } one ? string.Create(CultureInfo.InvariantCulture, $"faults/{one}") : "faults", null, json => json.GetInt32(), cancellationToken);

    /// <summary>The operations after a sequence number.</summary>
    public Task<IReadOnlyList<LoggedOperation>> LogAsync(long after, TimeSpan wait, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"log?after={after}&wait={wait.TotalSeconds:0}"), null, json => List(json, ControlJson.ReadOperation), cancellationToken);

    /// <summary>Runs the Virtual Connect Support Utility in the lab.</summary>
    public async IAsyncEnumerable<VcsuPart> VcsuAsync(IReadOnlyList<string> arguments, bool agreed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "vcsu") { Content = new StringContent(ControlJson.VcsuRequest(arguments, agreed), Encoding.UTF8, "application/json") };
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await NextLineAsync(lines, cancellationToken).ConfigureAwait(false) is { } line)
            yield return ControlJson.ReadVcsuPart(line);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Null at the end, and where the lab ends before its answer does.</summary>
    private static async Task<string?> NextLineAsync(StreamReader lines, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, string? body, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        return read(document.RootElement);
    }

    /// <summary>Sends; the answer's content may still be on its way.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new OpsKitException(FailureKind.Usage, "the lab of this folder does not serve any more", _folder, "start it with opskit-lab serve", e);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new OpsKitException(FailureKind.Failed, $"the lab answers {(int)response.StatusCode}: {text.Trim()}", _folder);
        }
    }

    private static IReadOnlyList<T> List<T>(JsonElement json, Func<JsonElement, T> read) => [.. json.EnumerateArray().Select(read)];
}
