using System.Globalization;

namespace OpsKit.Cli.Commands;

/// <summary>Numbers with their nouns.</summary>
internal static class Counted
{
    public static string Of(int number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many ?? one + "s")}");
}
