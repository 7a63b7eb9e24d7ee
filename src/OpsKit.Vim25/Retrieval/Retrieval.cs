using System.Runtime.CompilerServices;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25;

/// <summary>One run of a query: its pages, and what it does when the server does not know a path, or knows an object no more.</summary>
internal sealed class Retrieval(ISoapInvoker invoker, ManagedObjectReference collector, PropertyCollectorQuery query, ManagedObjectReference? view)
{
    private const int MostRestarts = 3;

    private readonly PropertyShape _shape = new(query.Paths);
    private readonly List<MissingProperty> _refused = [];
    private readonly HashSet<ManagedObjectReference> _gone = [];
    private HashSet<ManagedObjectReference>? _handedOut;
    private bool _paging = true;
    private int _restarts;

    private enum Beginning
    {
        Objects,
        Nothing,
        Anew,
    }

    /// <summary>The token of a page that was offered and not received.</summary>
    internal string? OpenToken { get; private set; }

    internal async IAsyncEnumerable<RetrievedObject> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (VimRequest? next = FirstPage(); next is not null;)
        {
            var reader = new RetrieveResultReader(_shape, [.. _refused]);
            var page = invoker.StreamAsync(next, reader.Read, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using var closing = page.ConfigureAwait(false);
            var beginning = await BeginAsync(page, next).ConfigureAwait(false);
            if (beginning == Beginning.Anew)
            {
                OpenToken = null;
                next = FirstPage();
                continue;
            }

            for (var more = beginning == Beginning.Objects; more; more = await page.MoveNextAsync().ConfigureAwait(false))
            {
                OpenToken = reader.Token;
                if (IsNew(page.Current.Reference, isPaged: reader.Token is not null))
                    yield return page.Current;
            }

            OpenToken = reader.Token;
            next = reader.Token is { } token ? new ContinueRetrievePropertiesExRequest { Self = collector, Token = token } : null;
        }

        foreach (var gone in _gone)
            yield return new RetrievedObject(_shape, new object?[_shape.Count], gone, []) { IsGone = true };
    }

    /// <summary>References are remembered only where there are several pages, so that the run can begin anew between two of them.</summary>
    private bool IsNew(ManagedObjectReference reference, bool isPaged)
    {
        if (isPaged)
            _handedOut ??= [];
        return _handedOut is null || _handedOut.Add(reference);
    }

    private async Task<Beginning> BeginAsync(IAsyncEnumerator<RetrievedObject> page, VimRequest request)
    {
        try
        {
            return await page.MoveNextAsync().ConfigureAwait(false) ? Beginning.Objects : Beginning.Nothing;
        }
        catch (VimFaultException e) when (Adapts(e, request))
        {
            return Beginning.Anew;
        }
    }

    /// <summary>Changes what is asked for after a fault; false where that cannot help.</summary>
    private bool Adapts(VimFaultException e, VimRequest request)
    {
        var isFurtherPage = request is ContinueRetrievePropertiesExRequest;
        switch (e.Fault)
        {
            case InvalidProperty { Name: { } path } when _shape.TryIndexOf(path, out _) && _refused.All(missing => missing.Path != path):
                _refused.Add(new MissingProperty { Path = path, Fault = new LocalizedMethodFault { Fault = e.Fault, LocalizedMessage = e.ServerMessage } });
                return true;
            case ManagedObjectNotFound { Obj: { } gone } when query.Objects?.Contains(gone) == true && _gone.Add(gone):
                return true;
            case ManagedObjectNotFound when isFurtherPage:
                return ++_restarts <= MostRestarts;
            case MethodNotFound when isFurtherPage && _paging:
                _paging = false;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Null where none of the objects asked for exists any more.</summary>
    private RetrievePropertiesExRequest? FirstPage()
    {
        var paths = query.Paths.Select(path => path.Path).Distinct(StringComparer.Ordinal).Where(path => _refused.All(missing => missing.Path != path));
        IReadOnlyList<ObjectSpec> objects = view is not null
            ? [ThroughView(view)]
            : [.. query.Objects!.Where(known => !_gone.Contains(known)).Select(known => new ObjectSpec { Obj = known })];
        return objects.Count == 0 ? null : new RetrievePropertiesExRequest
        {
            Self = collector,
            SpecSet = [new PropertyFilterSpec { PropSet = [new PropertySpec { Type = query.Type, All = false, PathSet = [.. paths] }], ObjectSet = objects }],
            Options = new RetrieveOptions { MaxObjects = _paging ? query.PageSize : null },
        };
    }

    private static ObjectSpec ThroughView(ManagedObjectReference view) => new()
    {
        Obj = view,
        Skip = true,
        SelectSet = [new TraversalSpec { Name = "view", Type = view.Type, Path = "view", Skip = false }],
    };
}
