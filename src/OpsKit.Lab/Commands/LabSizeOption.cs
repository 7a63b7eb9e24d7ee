using System.CommandLine;
using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;

namespace OpsKit.Lab.Commands;

/// <summary>Which estate, how fast: the options that <c>serve</c> and <c>rehearse</c> share. Their values are texts, so that what is wrong is said as everywhere.</summary>
internal static class LabSizeOption
{
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--size") { HelpName = "SIZE", Description = "small (4 hosts, 12 machines), field (2 enclosures, 12 hosts) or large (200 hosts, 5,000 machines); default small" };
        option.CompletionSources.Add([.. RehearsalFile.Sizes.Keys]);
        return option;
    }

    public static Option<string?> Speed() => new("--speed")
    {
        HelpName = "N", Description = string.Create(CultureInfo.InvariantCulture, $"How many times as fast as the real clock the lab's runs (default {LabOptions.DefaultSpeed:0})"),
    };

    public static Option<string?> Seed() => new("--seed")
    {
        HelpName = "N", Description = string.Create(CultureInfo.InvariantCulture, $"The same seed gives the same estate (default {LabOptions.DefaultSeed})"),
    };

    public static LabSize SizeOf(string? text) => text is null ? LabSize.Small
        : RehearsalFile.Sizes.TryGetValue(text, out var size) ? size
        : throw Wrong($"--size {text} is none of {string.Join(", ", RehearsalFile.Sizes.Keys)}{NearestKey.Hint(text, RehearsalFile.Sizes.Keys)}");

    public static double SpeedOf(string? text) => text is null ? LabOptions.DefaultSpeed
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= RehearsalFile.FastestSpeed ? speed
        : throw Wrong($"--speed {text} is not a number above 0, at most {RehearsalFile.FastestSpeed:0}");

    public static int SeedOf(string? text) => Integer("--seed", text, 0, int.MaxValue) ?? LabOptions.DefaultSeed;

    public static int? Integer(string option, string? text, int least, int most) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Wrong($"{option} {text} is not a whole number from {least} to {most}");

    public static TimeSpan? Time(string option, string? text) => text is null ? null
        : Durations.TryParse(text, out var time) ? time
        : throw Wrong($"{option} {text} is not a time such as 500ms, 30s, 5m or 2h");

    private static OpsKitException Wrong(string what) => new(FailureKind.Usage, what, next: "--help shows the options with their values");
}
