using System.CommandLine;
using System.Globalization;
using OpsKit.Connections;
using OpsKit.Modules.Vibs;

namespace OpsKit.Cli.Commands.Vibs;

/// <summary>The options of <c>opskit vib build</c>.</summary>
internal sealed class VibBuildLine
{
    private const string ThroughEsxi7 = "5.0-7.x";
    private const string FromEsxi8 = "8.x";

    private readonly Option<string> _name = Needed("--name", "NAME", "The package's name: letters, digits and . _ -");
    private readonly Option<string> _version = Needed("--version", "VERSION", "Its version with a release after a dash, such as 1.0.0-1");
    private readonly Option<string> _vendor = Needed("--vendor", "VENDOR", "Who makes it: letters, digits and . -");
    private readonly Option<string?> _for = For();
    private readonly Option<string?> _summary = new("--summary") { HelpName = "TEXT", Description = "One line about it (default its name and version)" };
    private readonly Option<string?> _description = new("--description") { HelpName = "TEXT", Description = "More about it" };
    private readonly Option<string[]> _depends = Several("--depends", "WHAT", "What it needs: vmkapi_2_0_0_0, or \"esx-base >= 5.5\"");
    private readonly Option<string[]> _conflicts = Several("--conflicts", "WHAT", "What it cannot be beside");
    private readonly Option<string[]> _replaces = Several("--replaces", "WHAT", "What it takes the place of");
    private readonly Option<string[]> _provides = Several("--provides", "WHAT", "What it offers besides itself");
    private readonly Option<string[]> _tag = Several("--tag", "WORD", "A tag, such as driver");
    private readonly Option<string[]> _url = Several("--url", "KEY=ADDRESS", "A link, such as kb=https://example.com/1");
    private readonly Option<string?> _date = new("--release-date") { HelpName = "DATE", Description = "When it was released, and the time of its files (default that of the newest file)" };
    private readonly Option<bool> _live = Flag("--live", "It can be installed and removed without a restart");
    private readonly Option<bool> _anyMode = Flag("--no-maintenance-mode", "The host need not be in maintenance mode");
    private readonly Option<bool> _anyPath = Flag("--any-path", "Let files go anywhere; hosts before 8.0 take that with --force, later ones do not");

    /// <summary>The file to write.</summary>
    public Option<string?> Out { get; } = PackageFile.Option("NAME-VERSION.x86_64.vib");

    /// <summary>Which hosts a flavour is for.</summary>
    public static string Word(VibFlavour flavour) => flavour == VibFlavour.FromEsxi8 ? FromEsxi8 : ThroughEsxi7;

    public void AddTo(OpsCommand command)
    {
        foreach (var option in new Option[] { _name, _version, _vendor, _for, _summary, _description, _depends, _conflicts, _replaces, _provides, _tag, _url, _date, _live, _anyMode, _anyPath, Out })
            command.Options.Add(option);
    }

    /// <exception cref="OpsKitException">An option has no meaning.</exception>
    public VibBuildOptions Options(ParseResult parsed) => new()
    {
        Name = parsed.GetValue(_name)!,
        Version = parsed.GetValue(_version)!,
        Vendor = parsed.GetValue(_vendor)!,
        Flavour = Flavour(parsed.GetValue(_for)),
        Summary = parsed.GetValue(_summary) ?? "",
        Description = parsed.GetValue(_description) ?? "",
        Depends = Relations(parsed, _depends),
        Conflicts = Relations(parsed, _conflicts),
        Replaces = Relations(parsed, _replaces),
        Provides = Relations(parsed, _provides),
        Tags = parsed.GetValue(_tag) ?? [],
        Urls = [.. (parsed.GetValue(_url) ?? []).Select(Url)],
        ReleaseDate = Date(parsed.GetValue(_date)),
        Live = parsed.GetValue(_live),
        MaintenanceMode = !parsed.GetValue(_anyMode),
        AnyPath = parsed.GetValue(_anyPath),
    };

    private static VibFlavour Flavour(string? text) => text switch
    {
        null or ThroughEsxi7 => VibFlavour.ThroughEsxi7,
        FromEsxi8 => VibFlavour.FromEsxi8,
        _ => throw new OpsKitException(FailureKind.Usage, $"--for {text} is no choice of hosts", next: $"use {ThroughEsxi7} or {FromEsxi8}"),
    };

    private static string Url(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        ? $"{text[..equals]}|{text[(equals + 1)..]}"
        : throw new OpsKitException(FailureKind.Usage, $"--url {text} is no link with a key", next: "write --url kb=https://example.com/1");

    private static DateTimeOffset? Date(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date
        : throw new OpsKitException(FailureKind.Usage, $"--release-date {text} is no date", next: "write --release-date 2026-01-31");

    private static IReadOnlyList<VibRelation> Relations(ParseResult parsed, Option<string[]> option) => [.. (parsed.GetValue(option) ?? []).Select(VibRelation.Parse)];

    private static Option<string?> For()
    {
        var option = new Option<string?>("--for") { HelpName = "HOSTS", Description = $"{ThroughEsxi7} or {FromEsxi8} (default {ThroughEsxi7})" };
        option.CompletionSources.Add(ThroughEsxi7, FromEsxi8);
        return option;
    }

    private static Option<string> Needed(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description, Required = true };

    private static Option<string[]> Several(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description + "; repeatable", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };
}
