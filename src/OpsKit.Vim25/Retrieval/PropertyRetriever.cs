using System.Runtime.CompilerServices;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>
/// Reads properties of many objects with few calls: a container view, one RetrievePropertiesEx, and one more call a further page. Objects are
/// handed out while the answer still arrives.
/// </summary>
public sealed class PropertyRetriever
{
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(10);

    private readonly ISoapInvoker _invoker;
    private readonly VimQueries _queries;
    private readonly ServiceContent _content;
    private readonly TimeProvider _clock;

    /// <summary>Creates a retriever.</summary>
    /// <param name="invoker">Sends the requests.</param>
    /// <param name="content">The server's service content.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    public PropertyRetriever(ISoapInvoker invoker, ServiceContent content, TimeProvider? clock = null)
    {
        _invoker = invoker;
        _queries = new VimQueries(invoker);
        _content = content;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Reads properties of all objects a query covers.</summary>
    /// <remarks>
    /// A path that this server's version does not know is dropped and listed in every object's <see cref="RetrievedObject.Missing"/>. An
    /// object that vanishes meanwhile is left out; one that was asked for by name comes with <see cref="RetrievedObject.IsGone"/> set.
    /// Ending the enumeration early ends the answer and tidies up on the server.
    /// </remarks>
    /// <param name="query">What to read.</param>
    /// <param name="cancellationToken">Abandons the retrieval.</param>
    /// <exception cref="VimFaultException">The server refused.</exception>
    public async IAsyncEnumerable<RetrievedObject> RetrieveAsync(PropertyCollectorQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (query.Objects is { Count: 0 })
            yield break;
        var view = query.Objects is null ? await CreateViewAsync(query, cancellationToken).ConfigureAwait(false) : null;
        var retrieval = new Retrieval(_invoker, Collector, query, view);
        try
        {
            await foreach (var found in retrieval.RunAsync(cancellationToken).ConfigureAwait(false))
                yield return found;
        }
        finally
        {
            await TidyUpAsync(view, retrieval.OpenToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads properties of one object.</summary>
    /// <param name="reference">The object.</param>
    /// <param name="paths">The properties to read.</param>
    /// <param name="cancellationToken">Abandons the call.</param>
    /// <exception cref="VimFaultException">The server refused; ManagedObjectNotFound where the object exists no more.</exception>
    public async Task<RetrievedObject> GetAsync(ManagedObjectReference reference, IReadOnlyList<PropertyPath> paths, CancellationToken cancellationToken = default)
    {
        var query = PropertyCollectorQuery.Of(reference.Type, [reference], paths);
        await foreach (var found in RetrieveAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (!found.IsGone)
                return found;
        }

        throw new VimFaultException(
            "RetrievePropertiesEx", new ManagedObjectNotFound { Obj = reference }, nameof(ManagedObjectNotFound), $"{reference.Type} {reference.Value} exists no more");
    }

    /// <summary>Reads one property of one object; null where it has none.</summary>
    /// <param name="reference">The object.</param>
    /// <param name="path">The property.</param>
    /// <param name="cancellationToken">Abandons the call.</param>
    /// <exception cref="VimFaultException">The server refused, or could not give the property.</exception>
    public async Task<T?> GetAsync<T>(ManagedObjectReference reference, PropertyPath<T> path, CancellationToken cancellationToken = default)
    {
        var found = await GetAsync(reference, [path], cancellationToken).ConfigureAwait(false);
        return found.Missing is [{ Fault: { } fault }, ..]
            ? throw new VimFaultException("RetrievePropertiesEx", fault.Fault, fault.Fault?.TypeName ?? "", fault.LocalizedMessage ?? $"{path} cannot be read")
            : found.Get(path);
    }

    private ManagedObjectReference Collector => _content.PropertyCollector ?? throw new VimProtocolException("the server names no property collector");

    private async Task<ManagedObjectReference> CreateViewAsync(PropertyCollectorQuery query, CancellationToken cancellationToken)
    {
        var views = _content.ViewManager ?? throw new VimProtocolException("the server names no view manager");
        var container = query.Container ?? _content.RootFolder ?? throw new VimProtocolException("the server names no root folder");
        return await _queries.CreateContainerViewAsync(views, container, recursive: true, [query.Type], cancellationToken).ConfigureAwait(false)
            ?? throw new VimProtocolException("the server created no container view");
    }

    /// <summary>What stays behind would live as long as the session; what cannot be tidied up in time may stay.</summary>
    private async Task TidyUpAsync(ManagedObjectReference? view, string? openToken)
    {
        using var patience = new CancellationTokenSource(CleanUpTime, _clock);
        if (openToken is not null)
            await QuietlyAsync(_queries.CancelRetrievePropertiesExAsync(Collector, openToken, patience.Token)).ConfigureAwait(false);
        if (view is not null)
            await QuietlyAsync(_queries.DestroyViewAsync(view, patience.Token)).ConfigureAwait(false);
    }

    private static async Task QuietlyAsync(Task call) => await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
