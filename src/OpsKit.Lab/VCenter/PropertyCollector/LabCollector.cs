using System.Globalization;
using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.PropertyCollector;

/// <summary>A property collector: its filters with the version they are at, and the pages of retrievals that are not all fetched.</summary>
internal sealed class LabCollector(ManagedObjectReference reference) : SessionObject(reference)
{
    private readonly List<LabFilter> _filters = [];
    private readonly Dictionary<string, Retrieval> _retrievals = new(StringComparer.Ordinal);
    private TaskCompletionSource _news = NewSignal();
    private int _version;
    private int _nextToken;
    private UpdateSet? _last;

    /// <summary>Completes when something happened that a waiting call should look at. Ask under the gate, wait without it.</summary>
    internal Task News => _news.Task;

    /// <summary>Counts the times that waiting calls were told to give up.</summary>
    internal int Cancellations { get; private set; }

    internal bool IsDestroyed { get; private set; }

    internal override object? Property(string name) => name == "filter" ? _filters.Select(filter => filter.Reference).ToArray() : null;

    internal void Add(LabFilter filter)
    {
        _filters.Add(filter);
        Wake();
    }

    internal void Drop(LabFilter filter) => _filters.Remove(filter);

    internal IReadOnlyList<LabFilter> Filters => [.. _filters];

    internal void Note(ManagedObjectReference changed, string? property)
    {
        foreach (var filter in _filters)
            filter.Note(changed, property);
        if (_filters.Count > 0)
            Wake();
    }

    internal void CancelWaits()
    {
        Cancellations++;
        Wake();
    }

    internal override void Destroy()
    {
        IsDestroyed = true;
        Cancellations++;
        Wake();
    }

    /// <summary>Begins where a client says it is: anew for an empty version, again for one whose answer it did not get.</summary>
    /// <returns>The answer to give again; null to look for news.</returns>
    internal UpdateSet? Begin(string? version)
    {
        if (string.IsNullOrEmpty(version))
        {
            foreach (var filter in _filters)
                filter.Reset();
            _last = null;
            return null;
        }

        if (version == Text(_version))
            return null;
        return _last is not null && version == Text(_version - 1) ? _last : throw VimFaults.InvalidCollectorVersion();
    }

    /// <summary>What is new, of at most so many objects; null for nothing.</summary>
    internal UpdateSet? Collect(ObjectSpace space, int most)
    {
        var updates = new List<PropertyFilterUpdate>();
        var truncated = false;
        foreach (var filter in _filters)
        {
            if (filter.Collect(space, most, out var told, out var isMore) is { } update)
                updates.Add(update);
            most -= told;
            truncated |= isMore;
        }

        if (updates.Count == 0)
            return null;
        return _last = new UpdateSet { Version = Text(++_version), FilterSet = updates, Truncated = truncated ? true : null };
    }

    internal string Keep(Retrieval retrieval)
    {
        var token = Text(_nextToken++);
        _retrievals.Add(token, retrieval);
        return token;
    }

    /// <exception cref="LabFaultException">InvalidArgument: no page waits under that token, or it was fetched.</exception>
    internal Retrieval Take(string? token) => _retrievals.Remove(token ?? "", out var retrieval) ? retrieval : throw VimFaults.InvalidArgument("token");

    private void Wake()
    {
        var news = _news;
        _news = NewSignal();
        news.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
