using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Enclosures.Vcsu;

/// <summary>The serving half of the utility, at the lab's control endpoint: arguments in, lines of JSON with text, a file, and the exit code out.</summary>
internal sealed class VcsuEndpoint(IReadOnlyList<EnclosureSite> sites, FaultList faults)
{
    public const string Path = "/vcsu";

    /// <summary>Answers a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Stops the run where it is, as losing its caller does.</param>
    public async Task HandleAsync(HttpContext http, CancellationToken cancellationToken)
    {
        List<string> arguments;
        bool agreed;
        try
        {
            using var request = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancellationToken).ConfigureAwait(false);
            arguments = [.. request.RootElement.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!)];
            agreed = request.RootElement.GetProperty("agreed").GetBoolean();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync($"these are no arguments: {e.Message}\n", cancellationToken).ConfigureAwait(false);
            return;
        }

        http.Response.ContentType = "application/jsonl";
        var (options, error) = VcsuOptions.Read(arguments);
        var run = new VcsuRun(sites, faults, options, (text, ct) => SendAsync(http, json => json.WriteString("text", text), ct));
        var exitCode = error is null ? await run.RunAsync(agreed, cancellationToken).ConfigureAwait(false) : VcsuRun.Failed;
        await SendAsync(
            http,
            json =>
            {
                if (error is not null)
                    json.WriteString("text", $"\nERROR: {error}\n");
                if (run.File is { } file)
                {
                    json.WriteString("file", file.Name);
                    json.WriteString("content", file.Content);
                }

                if (exitCode is { } code)
                    json.WriteNumber("exit", code);
                else
                    json.WriteString("question", VcsuTexts.Question);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task SendAsync(HttpContext http, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
