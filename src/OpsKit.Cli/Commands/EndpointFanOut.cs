using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Engine.Reports;
using OpsKit.Vim25;

namespace OpsKit.Cli.Commands;

/// <summary>What came of one endpoint: a value, or the reason why there is none.</summary>
internal sealed record EndpointOutcome<T>(Endpoint Endpoint, T? Value, OpsKitException? Failure)
{
    public bool Succeeded => Failure is null;

    /// <summary>Why there is no value, for a cell of a report: the failure's details follow each other on one line.</summary>
    public string? Reason => Failure is null ? null : string.Join(
        "; ",
        Failure.What.ReplaceLineEndings("\n").Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0));
}

/// <summary>What came of all endpoints, in their order.</summary>
internal sealed record FanOutResult<T>(IReadOnlyList<EndpointOutcome<T>> Outcomes)
{
    /// <summary>The values of the endpoints that answered.</summary>
    public IEnumerable<T> Values => Outcomes.Where(outcome => outcome.Succeeded).Select(outcome => outcome.Value!);

    /// <summary>The endpoints that did not, with their reasons, for the report.</summary>
    public IReadOnlyList<NotAssessed> NotAssessed { get; } =
        [.. Outcomes.Where(outcome => !outcome.Succeeded).Select(outcome => new NotAssessed(outcome.Endpoint.Name, outcome.Reason!))];

    /// <summary>What to do about them, each said once.</summary>
    public IEnumerable<string> NextSteps =>
        Outcomes.Select(outcome => outcome.Failure?.Next).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>0 where all answered, else by the heaviest reason (see <see cref="ExitCodes.Of(IReadOnlyCollection{FailureKind}, int)"/>).</summary>
    public int ExitCode => ExitCodes.Of([.. Outcomes.Select(outcome => outcome.Failure?.Kind).OfType<FailureKind>()], Outcomes.Count);
}

/// <summary>Does the same on many endpoints at once. One endpoint's failure never touches another; cancelling stops all.</summary>
internal static class EndpointFanOut
{
    /// <summary>How many endpoints are worked on at once.</summary>
    public const int DefaultWidth = 16;

    /// <summary>Runs <paramref name="work"/> for every endpoint.</summary>
    public static async Task<FanOutResult<T>> RunAsync<TEndpoint, T>(
        IEnumerable<TEndpoint> endpoints,
        Func<TEndpoint, CancellationToken, Task<T>> work,
        CancellationToken ct,
        int width = DefaultWidth)
        where TEndpoint : Endpoint
    {
        var list = endpoints.ToList();
        var outcomes = new EndpointOutcome<T>[list.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, list.Count),
            new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = ct },
            async (index, token) => outcomes[index] = await OneAsync(list[index], work, token));
        return new FanOutResult<T>(outcomes);
    }

    private static async Task<EndpointOutcome<T>> OneAsync<TEndpoint, T>(
        TEndpoint endpoint, Func<TEndpoint, CancellationToken, Task<T>> work, CancellationToken ct)
        where TEndpoint : Endpoint
    {
        try
        {
            return new EndpointOutcome<T>(endpoint, await work(endpoint, ct), null);
        }
        catch (OpsKitException failure)
        {
            return new EndpointOutcome<T>(endpoint, default, failure);
        }
        catch (VimException failure)
        {
            return new EndpointOutcome<T>(endpoint, default, new OpsKitException(FailureKind.Failed, failure.Message, endpoint.Name, innerException: failure));
        }
    }
}
