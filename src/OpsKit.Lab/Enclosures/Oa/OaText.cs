namespace OpsKit.Lab.Enclosures.Oa;

/// <summary>How Onboard Administrators lay text out.</summary>
internal static class OaText
{
    /// <summary>The column of diagnostic values, in firmware up to 3.x and from 4.00 on.</summary>
    private const int NearColumn = 21, FarColumn = 41;

    /// <summary>A line of diagnostics.</summary>
    public static void Diagnosis(this OaCall call, string part, string value) => call.Line($"\t\t{part.PadRight(call.Enclosure.NewerOa ? FarColumn : NearColumn)}{value}");

    /// <summary>Cut to what a column holds.</summary>
    public static string Fit(this string text, int width) => text.Length <= width ? text.PadRight(width) : text[..width];
}
