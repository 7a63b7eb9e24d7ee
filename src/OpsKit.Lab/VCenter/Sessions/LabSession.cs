using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.PropertyCollector;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Sessions;

/// <summary>A login and what it made. Read and written under the estate's gate.</summary>
internal sealed class LabSession(string key, LabAccount account, DateTimeOffset began, string address, string userAgent)
{
    private readonly Dictionary<string, SessionObject> _objects = new(StringComparer.Ordinal);
    private DateTimeOffset? _lastActive;

    /// <summary>What stands in the cookie, and in <c>currentSession</c>.</summary>
    internal string Key => key;

    internal LabAccount Account => account;

    internal DateTimeOffset LastActive => _lastActive ?? began;

    internal string Locale { get; init; } = "en";

    internal long Calls { get; private set; }

    /// <summary>Calls that wait for updates keep a session alive.</summary>
    internal int PendingCalls { get; set; }

    /// <summary>The collector that every session has.</summary>
    internal LabCollector Collector { get; } = new(WellKnown.PropertyCollector);

    internal IEnumerable<SessionObject> Objects => _objects.Values;

    internal IEnumerable<LabCollector> Collectors => _objects.Values.OfType<LabCollector>().Prepend(Collector);

    internal UserSession Describe() => new()
    {
        Key = key,
        UserName = account.User,
        FullName = account.User,
        LoginTime = began,
        LastActiveTime = LastActive,
        Locale = Locale,
        MessageLocale = Locale,
        ExtensionSession = false,
        IpAddress = address,
        UserAgent = userAgent,
        CallCount = Calls,
    };

    internal void Touch(DateTimeOffset at)
    {
        _lastActive = at;
        Calls++;
    }

    internal bool Holds(string privilege) => account.Privileges is not { } held || privilege == "System.Anonymous" || held.Contains(privilege);

    internal SessionObject? Find(ManagedObjectReference reference) =>
        _objects.TryGetValue(reference.Value, out var found) && found.Reference.Type == reference.Type ? found : null;

    /// <summary>A reference for a new object, named as real ones are: after the session and a number of its own.</summary>
    internal ManagedObjectReference NewReference(string type) => new(type, $"session[{key}]{SessionTable.NewKey()}");

    internal T Add<T>(T made)
        where T : SessionObject
    {
        _objects.Add(made.Reference.Value, made);
        return made;
    }

    internal void Remove(SessionObject gone)
    {
        if (_objects.Remove(gone.Reference.Value))
            gone.Destroy();
    }

    internal void End()
    {
        foreach (var made in _objects.Values.ToArray())
            Remove(made);
        Collector.Destroy();
    }
}
