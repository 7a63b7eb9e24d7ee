using OpsKit.Lab.Estate;
using OpsKit.Lab.Operations;
using OpsKit.Lab.VCenter.PropertyCollector;
using OpsKit.Lab.VCenter.Search;
using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Lab.VCenter.Views;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Soap;

/// <summary>Decides whether a request may be carried out, by whom, and writes it down.</summary>
internal sealed class Dispatcher : IDisposable
{
    private readonly LabEstate _estate;
    private readonly LabVCenter _vcenter;
    private readonly OperationLog _log;
    private readonly ILabInventory _inventory;
    private readonly ILabOperations _operations;
    private readonly SessionTable _sessions;
    private readonly SessionOperations _logins;
    private readonly Dictionary<int, FrozenInventory> _frozen = [];

    internal Dispatcher(LabEstate estate, LabVCenter vcenter, OperationLog log, ILabInventory inventory, ILabOperations operations)
    {
        (_estate, _vcenter, _log, _inventory, _operations) = (estate, vcenter, log, inventory, operations);
        _sessions = new SessionTable(estate, vcenter);
        _logins = new SessionOperations(_sessions);
        inventory.Changed += Note;
    }

    public void Dispose() => _inventory.Changed -= Note;

    /// <summary>Ends a session as an administrator would; all of them for no key.</summary>
    internal void EndSessions(string? key = null)
    {
        lock (_estate.Gate)
        {
            foreach (var session in _sessions.All.Where(session => key is null || session.Key == key))
                _sessions.End(session);
        }
    }

    /// <summary>Carries a request out.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="stale">The inventory to answer from, by the number it was frozen under; null for the living one.</param>
    /// <param name="cancellationToken">The caller hung up, or the lab stops.</param>
    /// <exception cref="LabFaultException">It is answered with a fault.</exception>
    internal async Task<object?> InvokeAsync(VimRequest request, Caller caller, int? stale, CancellationToken cancellationToken)
    {
        LabSession? session;
        ObjectSpace space;
        lock (_estate.Gate)
        {
            session = _sessions.Find(caller.SessionKey);
            session?.Touch(_estate.Clock.GetUtcNow());
            space = new ObjectSpace(_estate, _vcenter, stale is { } number ? Frozen(number) : _inventory, _sessions, session, caller.Schema);
            Admit(request, space);
            if (session is not null)
                session.PendingCalls++;
        }

        try
        {
            var result = await CarryOutAsync(request, caller, space, cancellationToken).ConfigureAwait(false);
            _log.Add(_vcenter.Name, request.Operation, request.Kind, request.Self.Value, RequestSummary.Of(request));
            return result;
        }
        finally
        {
            if (session is not null)
                Leave(session);
        }
    }

    private FrozenInventory Frozen(int number)
    {
        if (!_frozen.TryGetValue(number, out var inventory))
            _frozen[number] = inventory = new FrozenInventory(_inventory);
        return inventory;
    }

    private void Leave(LabSession session)
    {
        lock (_estate.Gate)
        {
            session.PendingCalls--;
            session.Touch(_estate.Clock.GetUtcNow());
        }
    }

    /// <summary>There must be such an object, it must have the operation, and the caller the privilege.</summary>
    private static void Admit(VimRequest request, ObjectSpace space)
    {
        var isOpen = request.Privilege == "System.Anonymous";
        if (space.Session is null && !isOpen)
            throw VimFaults.NotAuthenticated(request.Self);
        if (!space.Shape(request.Self).Is(request.ObjectType))
            throw VimFaults.MethodNotFound(request.Self, request.Operation);
        if (request.Privilege is { } privilege && space.Session?.Holds(privilege) == false)
            throw VimFaults.NoPermission(request.Self, privilege);
    }

    private async Task<object?> CarryOutAsync(VimRequest request, Caller caller, ObjectSpace space, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case WaitForUpdatesExRequest wait:
                return await CollectorOperations.WaitAsync(_estate, space, wait.Self, wait.Version, wait.Options, cancellationToken).ConfigureAwait(false);
            case WaitForUpdatesRequest wait:
                return await CollectorOperations.WaitAsync(_estate, space, wait.Self, wait.Version, options: null, cancellationToken).ConfigureAwait(false);
            case CheckForUpdatesRequest check:
                return await CollectorOperations.WaitAsync(_estate, space, check.Self, check.Version, new() { MaxWaitSeconds = 0 }, cancellationToken).ConfigureAwait(false);
        }

        lock (_estate.Gate)
        {
            if (TryOwn(request, caller, space, out var result))
                return result;
        }

        if (!_operations.Knows(request.Operation))
            throw VimFaults.NotSupported(request.Operation);
        return await _operations.InvokeAsync(new LabCall(_estate, _vcenter, space.Session!.Account, cancellationToken), request).ConfigureAwait(false);
    }

    /// <summary>The operations of sessions, views, collectors and the search index.</summary>
    private bool TryOwn(VimRequest request, Caller caller, ObjectSpace space, out object? result)
    {
        result = null;
        switch (request)
        {
            case RetrieveServiceContentRequest: result = ServiceContents.Of(_vcenter, _inventory); return true;
            case CurrentTimeRequest: result = _estate.Clock.GetUtcNow(); return true;
            case LoginRequest login: result = _logins.Login(login, space.Session, caller); return true;
            case LogoutRequest: _sessions.End(space.Session!); return true;
            case SessionIsActiveRequest active: result = _logins.IsActive(active); return true;
            case TerminateSessionRequest terminate: _logins.Terminate(terminate, space.Session!); return true;
            case RetrievePropertiesExRequest retrieve: result = CollectorOperations.Retrieve(space, retrieve); return true;
            case RetrievePropertiesRequest retrieve: result = CollectorOperations.Retrieve(space, retrieve.SpecSet); return true;
            case ContinueRetrievePropertiesExRequest next: result = CollectorOperations.Continue(space, next); return true;
            case CancelRetrievePropertiesExRequest cancel: CollectorOperations.Cancel(space, cancel); return true;
            case CreatePropertyCollectorRequest: result = CollectorOperations.CreateCollector(space); return true;
            case DestroyPropertyCollectorRequest destroy: CollectorOperations.DestroyCollector(space, destroy.Self); return true;
            case CreateFilterRequest create: result = CollectorOperations.CreateFilter(space, create); return true;
            case DestroyPropertyFilterRequest destroy: CollectorOperations.DestroyFilter(space, destroy.Self); return true;
            case CancelWaitForUpdatesRequest cancel: CollectorOperations.CancelWaits(space, cancel.Self); return true;
            case CreateContainerViewRequest create: result = ViewOperations.Create(space, create); return true;
            case CreateListViewRequest create: result = ViewOperations.Create(space, create.Obj); return true;
            case CreateListViewFromViewRequest create: result = ViewOperations.CreateFrom(space, create.View!); return true;
            case ModifyListViewRequest modify: result = ViewOperations.Modify(space, modify); break;
            case ResetListViewRequest reset: result = ViewOperations.Reset(space, reset.Self, reset.Obj); break;
            case ResetListViewFromViewRequest reset: ViewOperations.ResetFrom(space, reset); break;
            case DestroyViewRequest destroy: ViewOperations.Destroy(space, destroy.Self); return true;
            default: return Searching.TryAnswer(request, new SearchOperations(_estate, _vcenter, space), out result);
        }

        Note(request.Self, "view");
        return true;
    }

    /// <summary>Called under the gate: something of the inventory, or of a view, is other than it was.</summary>
    private void Note(ManagedObjectReference changed, string? property)
    {
        foreach (var collector in _sessions.All.SelectMany(session => session.Collectors))
            collector.Note(changed, property);
    }
}
