using System.Globalization;

namespace OpsKit.Lab.Estate;

/// <summary>Lab time in words: since the lab began, as <c>00:58:58</c> or <c>1.02:03:04</c>.</summary>
internal static class LabTimes
{
    public static string Text(TimeSpan labTime) => labTime.ToString(labTime.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
