using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.PropertyCollector;

/// <summary>The property collector's operations and those of its filters. Everything but waiting happens under the estate's gate.</summary>
internal static class CollectorOperations
{
    internal static IReadOnlyList<ObjectContent> Retrieve(ObjectSpace space, IReadOnlyList<PropertyFilterSpec> specs)
    {
        AdmitAnonymous(space, specs);
        return new Retrieval(space, specs, int.MaxValue).Read(space);
    }

    /// <summary>Null where nothing was selected.</summary>
    internal static RetrieveResult? Retrieve(ObjectSpace space, RetrievePropertiesExRequest request)
    {
        if (request.Options?.MaxObjects is <= 0)
            throw VimFaults.InvalidArgument("options.maxObjects");
        AdmitAnonymous(space, request.SpecSet);
        var result = Page(space, new Retrieval(space, request.SpecSet, request.Options?.MaxObjects ?? int.MaxValue), Collector(space, request.Self));
        return result.Objects.Count == 0 ? null : result;
    }

    internal static RetrieveResult Continue(ObjectSpace space, ContinueRetrievePropertiesExRequest request)
    {
        var collector = Collector(space, request.Self)!;
        return Page(space, collector.Take(request.Token), collector);
    }

    internal static void Cancel(ObjectSpace space, CancelRetrievePropertiesExRequest request) => Collector(space, request.Self)!.Take(request.Token);

    internal static ManagedObjectReference CreateCollector(ObjectSpace space) =>
        space.Session!.Add(new LabCollector(space.Session.NewReference("PropertyCollector"))).Reference;

    internal static void DestroyCollector(ObjectSpace space, ManagedObjectReference self)
    {
        if (self == WellKnown.PropertyCollector)
            throw VimFaults.NotSupported("DestroyPropertyCollector");
        var collector = Collector(space, self)!;
        foreach (var filter in collector.Filters)
            space.Session!.Remove(filter);
        space.Session!.Remove(collector);
    }

    internal static ManagedObjectReference CreateFilter(ObjectSpace space, CreateFilterRequest request)
    {
        var plan = FilterPlan.Compile(space.Schema, request.Spec!);
        plan.Select(space, out _);
        var collector = Collector(space, request.Self)!;
        var filter = space.Session!.Add(new LabFilter(space.Session.NewReference("PropertyFilter"), collector, plan, request.PartialUpdates == true));
        collector.Add(filter);
        return filter.Reference;
    }

    internal static void DestroyFilter(ObjectSpace space, ManagedObjectReference self) => space.Session!.Remove(space.Session.Find(self)!);

    internal static void CancelWaits(ObjectSpace space, ManagedObjectReference self) => Collector(space, self)!.CancelWaits();

    /// <summary>Waits for news on the clock of the world: clients wait on theirs, however fast the lab runs.</summary>
    /// <returns>Null where there were none within the time.</returns>
    internal static async Task<UpdateSet?> WaitAsync(LabEstate estate, ObjectSpace space, ManagedObjectReference self, string? version, WaitOptions? options, CancellationToken cancellationToken)
    {
        if (options?.MaxWaitSeconds is < 0)
            throw VimFaults.InvalidArgument("options.maxWaitSeconds");
        if (options?.MaxObjectUpdates is <= 0)
            throw VimFaults.InvalidArgument("options.maxObjectUpdates");
        var most = options?.MaxObjectUpdates ?? int.MaxValue;
        var end = options?.MaxWaitSeconds is { } seconds ? Task.Delay(TimeSpan.FromSeconds(seconds), estate.Clock.Real, cancellationToken) : Task.Delay(Timeout.InfiniteTimeSpan, estate.Clock.Real, cancellationToken);
        LabCollector collector;
        int cancellations;
        lock (estate.Gate)
        {
            collector = Collector(space, self)!;
            cancellations = collector.Cancellations;
            if (collector.Begin(version) is { } again)
                return again;
        }

        while (true)
        {
            Task news;
            lock (estate.Gate)
            {
                if (collector.Cancellations != cancellations)
                    throw collector.IsDestroyed ? VimFaults.ObjectNotFound(self) : VimFaults.RequestCanceled();
                if (collector.Collect(space, most) is { } updates)
                    return updates;
                news = collector.News;
            }

            if (await Task.WhenAny(news, end).ConfigureAwait(false) == end)
            {
                await end.ConfigureAwait(false);
                return null;
            }
        }
    }

    private static RetrieveResult Page(ObjectSpace space, Retrieval retrieval, LabCollector? collector)
    {
        var objects = retrieval.Read(space);
        return new RetrieveResult { Objects = objects, Token = retrieval.IsAtEnd ? null : collector?.Keep(retrieval) };
    }

    /// <summary>Null for a caller without a session.</summary>
    private static LabCollector? Collector(ObjectSpace space, ManagedObjectReference self) =>
        self == WellKnown.PropertyCollector ? space.Session?.Collector : space.Session?.Find(self) as LabCollector;

    /// <summary>Without a login only the service itself may be looked at; its session manager answers that there is no session.</summary>
    private static void AdmitAnonymous(ObjectSpace space, IEnumerable<PropertyFilterSpec> specs)
    {
        if (space.Session is not null)
            return;
        if (specs.SelectMany(spec => spec.ObjectSet).FirstOrDefault(start => start.Obj!.Type is not ("ServiceInstance" or "SessionManager")) is { } other)
            throw VimFaults.NotAuthenticated(other.Obj!);
    }
}
