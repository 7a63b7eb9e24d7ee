using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Performance;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Performance of machines and hosts.</summary>
internal sealed class PerformanceQueries(OperationContext context)
{
    private readonly PerfSamples _samples = new(context.Inventory, context.Limits);

    public static void Register(LabOperations operations, OperationContext context)
    {
        var family = new PerformanceQueries(context);
        operations.Add<QueryPerfRequest>("QueryPerf", (_, request) => family.Query(request));
        operations.Add<QueryAvailablePerfMetricRequest>("QueryAvailablePerfMetric", (_, request) => PerfSamples.Available(family.Entity(request.Entity)));
        operations.Add<QueryPerfCounterRequest>("QueryPerfCounter", (_, request) => Counters(request));
        operations.Add<QueryPerfProviderSummaryRequest>("QueryPerfProviderSummary", (_, request) => family.Provider(request));
    }

    private List<PerfEntityMetricBase> Query(QueryPerfRequest request)
    {
        var answers = new List<PerfEntityMetricBase>();
        foreach (var spec in request.QuerySpec)
        {
            var entity = Entity(spec.Entity);
            if (spec.IntervalId is { } interval && interval != 20 && !PerfCounters.Intervals.Any(known => known.SamplingPeriod == interval))
                throw OperationFaults.InvalidArgument("querySpec.interval");
            if (spec.Format is not (null or "normal" or "csv"))
                throw OperationFaults.InvalidArgument("querySpec.format");
            if (spec.MetricId.FirstOrDefault(metric => !PerfCounters.All.Any(counter => counter.Key == metric.CounterId)) is { } unknown)
                throw OperationFaults.InvalidArgument($"querySpec.metricId.counterId: {unknown.CounterId}");
            if (_samples.Query(spec.Entity!, entity, spec) is { } answer)
                answers.Add(answer);
        }

        return answers;
    }

    private static List<PerfCounterInfo> Counters(QueryPerfCounterRequest request) =>
        [.. request.CounterId.Select(id => PerfCounters.All.FirstOrDefault(counter => counter.Key == id) ?? throw OperationFaults.InvalidArgument("counterId"))];

    private PerfProviderSummary Provider(QueryPerfProviderSummaryRequest request)
    {
        Entity(request.Entity);
        return new PerfProviderSummary { Entity = request.Entity, CurrentSupported = true, SummarySupported = true, RefreshRate = 20 };
    }

    private object Entity(ManagedObjectReference? reference)
    {
        if (reference is null)
            throw OperationFaults.InvalidArgument("entity");
        return context.Inventory.Resolve(reference.Value) switch
        {
            LabMachine machine => machine,
            LabHost host => host,
            null => throw VimFaults.ObjectNotFound(reference),
            _ => throw OperationFaults.InvalidArgument("entity"),
        };
    }
}
