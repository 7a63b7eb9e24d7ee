using System.Globalization;
using OpsKit.Vim25.Types;

namespace OpsKit.Modules.Licensing;

/// <summary>From the server's licence records to the module's.</summary>
internal static class LicenseMapping
{
    public static License ToLicense(LicenseManagerLicenseInfo info, DateTimeOffset observedAt) => new()
    {
        Key = info.LicenseKey ?? "",
        EditionKey = info.EditionKey ?? "",
        Name = info.Name ?? "",
        Total = info.Total,
        Used = info.Used,
        CostUnit = info.CostUnit ?? "",
        ProductName = info.Properties.FirstOrDefault(property => property.Key == "ProductName")?.Value as string,
        Expires = Expiry(info.Properties, observedAt),
        Labels = [.. info.Labels.Select(label => $"{label.Key}={label.Value}")],
    };

    public static LicenseAssignment? ToAssignment(LicenseAssignmentManagerLicenseAssignment row, string? entityAskedFor, DateTimeOffset observedAt)
    {
        if (row.AssignedLicense is not { } info)
            return null;
        var license = ToLicense(info, observedAt);
        var expires = license.Expires ?? EvaluationEnd(row, observedAt);
        var entity = string.IsNullOrEmpty(row.EntityId) ? entityAskedFor ?? "" : row.EntityId;
        return new LicenseAssignment(entity, row.Scope, row.EntityDisplayName, license with { Expires = expires });
    }

    private static DateTimeOffset? EvaluationEnd(LicenseAssignmentManagerLicenseAssignment row, DateTimeOffset observedAt) =>
        row.Properties.Select(property => property.Value).OfType<LicenseManagerEvaluationInfo>().FirstOrDefault() is { } evaluation
            ? Expiry(evaluation.Properties, observedAt)
            : null;

    // A licence says when it expires; an evaluation says how many hours (or minutes) are left.
    private static DateTimeOffset? Expiry(IReadOnlyList<KeyAnyValue> properties, DateTimeOffset observedAt)
    {
        object? Value(string key) => properties.FirstOrDefault(property => property.Key == key)?.Value;
        if (Moment(Value("expirationDate")) is { } date)
            return date;
        if (Whole(Value("expirationHours")) is { } hours)
            return observedAt.AddHours(hours);
        return Whole(Value("expirationMinutes")) is { } minutes ? observedAt.AddMinutes(minutes) : null;
    }

    private static DateTimeOffset? Moment(object? value) => value switch
    {
        DateTimeOffset moment => moment,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => moment,
        _ => null,
    };

    // Bounded, so that no server can push a date out of the calendar.
    private static int? Whole(object? value) => value switch
    {
        int number and > -1_000_000 and < 1_000_000 => number,
        long number and > -1_000_000 and < 1_000_000 => (int)number,
        short number => number,
        string text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number is > -1_000_000 and < 1_000_000 => number,
        _ => null,
    };
}
