using System.Xml.Linq;
using OpsKit.TestKit;
using OpsKit.Vim25.Tests.Soap;

namespace OpsKit.Vim25.Tests.Tasks;

/// <summary>Plays the tasks of a vCenter: the test says how they go, a waiter is told as a property collector tells it.</summary>
internal sealed class TaskServer : IAsyncDisposable
{
    private static readonly XNamespace Vim = "urn:vim25";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskState> _tasks = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _filters = [];
    private readonly SortedDictionary<string, SoapAnswer> _refusals = [];
    private readonly Scripted _scripted;
    private TaskCompletionSource<SoapAnswer?> _news = Fresh();
    private int _changes;
    private int _sessions = 1;
    private int _made;

    internal TaskServer(TimeProvider? clock = null)
    {
        _scripted = Scripted.Start(SoapServer.Start(AnswerAsync));
        Waiter = new TaskWaiter(_scripted.Queries, new VimChanges(_scripted.Client), new PropertyRetriever(_scripted.Client, Scripted.Content, clock), Scripted.Content, clock);
    }

    internal TaskWaiter Waiter { get; }

    /// <summary>Most objects one answer of WaitForUpdatesEx tells of.</summary>
    internal int MostUpdates { get; init; } = int.MaxValue;

    /// <summary>The operations called so far, in order.</summary>
    internal IReadOnlyList<string> Calls => _scripted.Server.Operations;

    /// <summary>Filters that are not destroyed.</summary>
    internal int Filters => Locked(() => _filters.Count);

    /// <summary>Calls of WaitForUpdatesEx that wait for news now; those a client gave up count until there is some.</summary>
    internal int Waiting { get; private set; }

    /// <summary>The most of them at one time.</summary>
    internal int MostWaiting { get; private set; }

    internal int Count(string operation) => Calls.Count(call => call == operation);

    /// <summary>Every running task is watched, and all has been told that there is to tell, to a caller that waits for more.</summary>
    internal Task ToldAllAsync() => Eventually.TrueAsync(() => Locked(() => Waiting == 1 && IsAllWatched()), "the waiter waits for news of all tasks");

    internal ManagedObjectReference Add(string key, bool cancelable = true)
    {
        Change(key, state => state with { Cancelable = cancelable });
        return new ManagedObjectReference("Task", key);
    }

    internal void Succeed(string key, string? result = null) => Change(key, state => state with { State = "success", Outcome = result });

    internal void Fail(string key, string error) => Change(key, state => state with { State = "error", Outcome = error });

    internal void Progress(string key, int percent) => Change(key, state => state with { State = "running", Percent = percent });

    /// <summary>Several changes that become known at once.</summary>
    internal void Together(Action changes)
    {
        lock (_gate)
            changes();
    }

    /// <summary>The task ends, and its notice is lost.</summary>
    internal void SucceedSilently(string key) => Together(() => _tasks[key] = _tasks[key] with { State = "success" });

    internal void Forget(string key) => Together(() => _tasks.Remove(key));

    /// <summary>The longest wait is over, and there is no news.</summary>
    internal void EndWait() => Wake(SoapAnswer.Response("WaitForUpdatesEx"));

    /// <summary>The session expires, and with it its filters; the next one begins at once, as a client's renewal of it would.</summary>
    internal void LoseSession() => Together(() =>
    {
        _sessions++;
        _filters.Clear();
        Wake(SoapAnswer.Fault("NotAuthenticated", "The session is not authenticated."));
    });

    /// <summary>A wait fails on the way; the session and its filters live on.</summary>
    internal void BreakWait() => Wake(SoapAnswer.Text(503, "busy"));

    /// <summary>From now on an operation is answered with a fault.</summary>
    internal void Refuse(string operation, string fault, string message = "no", string content = "") =>
        Together(() => _refusals[operation] = SoapAnswer.Fault(fault, message, content));

    public async ValueTask DisposeAsync()
    {
        await Waiter.DisposeAsync();
        await _scripted.DisposeAsync();
    }

    private Task<SoapAnswer> AnswerAsync(SoapRequest request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_refusals.TryGetValue(request.Operation, out var refusal))
                return Task.FromResult(refusal);
            var call = XDocument.Parse(request.Body).Descendants(Vim + request.Operation).Single();
            var self = call.Element(Vim + "_this")!.Value;
            return request.Operation switch
            {
                "RetrievePropertiesEx" => Task.FromResult(Read(call)),
                "CreateFilter" => Task.FromResult(Watch(call)),
                "DestroyPropertyFilter" => Task.FromResult(_filters.Remove(self) ? SoapAnswer.Response(request.Operation) : NotFound("PropertyFilter", self)),
                "WaitForUpdatesEx" => NewsAsync(call.Element(Vim + "version")?.Value, cancellationToken),
                "CancelWaitForUpdates" => Task.FromResult(Interrupt()),
                "CancelTask" => Task.FromResult(Cancel(self)),
                _ => throw new InvalidOperationException(request.Operation),
            };
        }
    }

    private SoapAnswer Read(XElement call)
    {
        var keys = call.Descendants(Vim + "obj").Select(reference => reference.Value).ToArray();
        return Array.Find(keys, key => !_tasks.ContainsKey(key)) is { } gone
            ? NotFound("Task", gone)
            : SoapAnswer.Response("RetrievePropertiesEx", $"<returnval>{string.Concat(keys.Select(key => _tasks[key].Object()))}</returnval>");
    }

    private SoapAnswer Watch(XElement call)
    {
        var filter = $"filter-{++_made}";
        var keys = call.Descendants(Vim + "obj").Select(reference => reference.Value).ToArray();
        _filters[filter] = keys;
        foreach (var key in keys.Where(_tasks.ContainsKey))
            Change(key, state => state);
        return SoapAnswer.Response("CreateFilter", $"""<returnval type="PropertyFilter">{filter}</returnval>""");
    }

    private async Task<SoapAnswer> NewsAsync(string? version, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<SoapAnswer?> news;
            lock (_gate)
            {
                if (!string.IsNullOrEmpty(version) && !version.StartsWith($"{_sessions}:", StringComparison.Ordinal))
                    return SoapAnswer.Fault("InvalidCollectorVersion", "The version is not known.");
                if (Updates(string.IsNullOrEmpty(version) ? 0 : int.Parse(version.Split(':')[1])) is { } updates)
                    return updates;
                news = _news.Task;
                MostWaiting = Math.Max(MostWaiting, ++Waiting);
            }

            if (await news.WaitAsync(cancellationToken) is { } answer)
                return answer;
        }
    }

    private SoapAnswer? Updates(int since)
    {
        var watched = _filters.SelectMany(filter => filter.Value.Select(key => (Filter: filter.Key, Key: key)))
            .Where(entry => _tasks.TryGetValue(entry.Key, out var state) && state.Changed > since)
            .OrderBy(entry => _tasks[entry.Key].Changed)
            .ToArray();
        if (watched.Length == 0)
            return null;
        var told = watched[..Math.Min(MostUpdates, watched.Length)];
        var filters = told.GroupBy(entry => entry.Filter).Select(group =>
            $"""<filterSet><filter type="PropertyFilter">{group.Key}</filter>{string.Concat(group.Select(entry => _tasks[entry.Key].Update()))}</filterSet>""");
        var truncated = told.Length < watched.Length ? "<truncated>true</truncated>" : "";
        return SoapAnswer.Response("WaitForUpdatesEx", $"<returnval><version>{_sessions}:{_tasks[told[^1].Key].Changed}</version>{string.Concat(filters)}{truncated}</returnval>");
    }

    private SoapAnswer Interrupt()
    {
        Wake(SoapAnswer.Fault("RequestCanceled", "The request was canceled."));
        return SoapAnswer.Response("CancelWaitForUpdates");
    }

    private SoapAnswer Cancel(string key)
    {
        Fail(key, """<fault xsi:type="RequestCanceled"/><localizedMessage>The task was canceled by a user.</localizedMessage>""");
        return SoapAnswer.Response("CancelTask");
    }

    private static SoapAnswer NotFound(string type, string key) =>
        SoapAnswer.Fault("ManagedObjectNotFound", "It has already been deleted.", $"""<obj type="{type}">{key}</obj>""");

    private void Change(string key, Func<TaskState, TaskState> change) => Together(() =>
    {
        _tasks[key] = change(_tasks.GetValueOrDefault(key) ?? new TaskState(key)) with { Changed = ++_changes };
        Wake(null);
    });

    private void Wake(SoapAnswer? answer) => Together(() =>
    {
        Waiting = 0;
        _news.SetResult(answer);
        _news = Fresh();
    });

    private bool IsAllWatched() => _tasks.Values.Where(task => task.State == "running").All(task => _filters.Values.Any(keys => keys.Contains(task.Key)));

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private static TaskCompletionSource<SoapAnswer?> Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
