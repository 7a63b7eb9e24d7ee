namespace OpsKit.Engine.Runs.Report;

/// <summary>How a run's report is written.</summary>
public sealed record RunReportOptions
{
    /// <summary>The zone of its times. Default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>When it is written; null leaves that out.</summary>
    public DateTimeOffset? Written { get; init; }
}
