using System.Text;
using OpsKit.Cli.Terminals;
using OpsKit.Connections;
using OpsKit.Modules.Vibs;

namespace OpsKit.Cli.Commands.Vibs;

/// <summary>What files hold, as an operator reads it: what it is, package by package, and what is wrong at the end, where the eye is.</summary>
internal sealed class VibText(int width, bool all, Func<string, Ink, string> paint)
{
    private const int Label = 18;
    private const int MostFiles = 12;
    private const int MostInFull = 3;

    private readonly StringBuilder _text = new();

    /// <param name="inspections">What was read.</param>
    /// <param name="width">Columns.</param>
    /// <param name="all">Whether every file is named.</param>
    /// <param name="paint">Gives text a colour.</param>
    public static string Of(IReadOnlyList<VibInspection> inspections, int width, bool all, Func<string, Ink, string> paint)
    {
        var text = new VibText(Math.Min(width, 160), all, paint);
        foreach (var inspection in inspections)
        {
            if (text._text.Length > 0)
                text._text.Append('\n');
            text.Add(inspection, "");
            text.AddProblems(inspection);
        }

        return text._text.ToString();
    }

    private void Add(VibInspection inspection, string indent)
    {
        var file = inspection.File;
        Line(indent, $"{paint(Safe(file.Name), Ink.Bold)}  {file.Kind.Word()}, {VibWords.Size(file.Bytes)}", 2);
        AddDigest(indent, file.Sha256);
        if (file.Bundle is { } bundle)
            AddBundle(bundle, indent);
        var inFull = all || inspection.Packages.Count <= MostInFull;
        foreach (var package in inspection.Packages)
        {
            if (inFull)
                AddInFull(package, indent + "  ", file.Kind != VibFileKind.Package);
        }

        if (!inFull)
            AddBriefly(inspection.Packages, indent + "  ");
        foreach (var inner in inspection.Inner)
        {
            _text.Append('\n');
            Add(inner, indent + "  ");
        }
    }

    /// <summary>Stays on one line, so that it can be marked with a double click.</summary>
    private void AddDigest(string indent, string digest)
    {
        var label = indent.Length + 2 + Label + digest.Length <= width ? "SHA-256".PadRight(Label) : "SHA-256 ";
        Line(indent + "  ", paint(label, Ink.Dim) + digest);
    }

    private void AddBundle(VibBundle bundle, string indent)
    {
        Pair(indent, "Vendor", Joined(bundle.Vendors));
        Pair(indent, "Bulletins", Joined(bundle.Bulletins));
        Pair(indent, "Image profiles", Joined(bundle.Profiles));
        Pair(indent, "Offered to", Joined(bundle.Platforms.GroupBy(platform => platform.ProductLine, StringComparer.Ordinal)
            .Select(product => $"{product.Key} {string.Join(", ", product.Select(platform => platform.Version))}".Trim())));
    }

    private void AddInFull(VibInspectedPackage inspected, string indent, bool withDigest)
    {
        var (package, descriptor) = (inspected.Package, inspected.Package.Descriptor);
        _text.Append('\n');
        Line(indent, paint(Safe(descriptor.Id), Ink.Bold));
        Pair(indent, "Summary", descriptor.Summary);
        if (withDigest)
        {
            Pair(indent, "File", $"{package.Origin}, {VibWords.Size(package.Bytes)}");
            AddDigest(indent, package.Sha256);
        }

        Pair(indent, "Acceptance", $"{descriptor.AcceptanceLevel?.ToString() ?? descriptor.AcceptanceWord}, {Signature(package)}");
        Pair(indent, "Released", descriptor.ReleaseDate?.UtcDateTime.ToString("yyyy-MM-dd"));
        Pair(indent, "Depends on", Joined(descriptor.Depends));
        Pair(indent, "Conflicts with", Joined(descriptor.Conflicts));
        Pair(indent, "Replaces", Joined(descriptor.Replaces));
        Pair(indent, "Provides", Joined(descriptor.Provides));
        Pair(indent, "Made for", Joined(descriptor.Platforms.Select(platform => $"{platform.ProductLine} {platform.Version}".Trim())));
        Pair(indent, "Hardware", Joined(descriptor.Hardware.Select(hardware => $"{hardware.Vendor} {hardware.Model}".Trim())));
        Pair(indent, "Maintenance mode", descriptor.MaintenanceModeRequired switch { true => "required", false => "not required", null => "not said" });
        Pair(indent, "Restart", Restart(descriptor));
        AddFits(inspected.Fits, indent);
        foreach (var payload in package.Payloads)
            AddPayload(payload, indent);
    }

    /// <summary>Lines that are refused for the same reasons are told together.</summary>
    private void AddFits(IReadOnlyList<EsxiFit> fits, string indent)
    {
        Pair(indent, "Goes on ESXi", EsxiFit.Words(fits, EsxiFitness.Fits), Ink.Green);
        foreach (var (fitness, word, ink) in new[] { (EsxiFitness.Doubtful, "Doubtful on", Ink.Yellow), (EsxiFitness.Refused, "Not on", Ink.Yellow) })
        {
            foreach (var same in fits.Where(fit => fit.Fitness == fitness).GroupBy(fit => string.Join("; ", fit.Reasons), StringComparer.Ordinal))
            {
                var lines = fits.Select(fit => same.Contains(fit) ? fit with { Fitness = fitness } : fit with { Fitness = EsxiFitness.Fits }).ToList();
                Pair(indent, word, $"{EsxiFit.Words(lines, fitness)}: {same.Key}", ink);
            }
        }
    }

    private void AddPayload(VibPayload payload, string indent)
    {
        var sizes = $"{(payload.Bytes is { } stored ? VibWords.Size(stored) : "missing")}{(payload.ContentBytes is { } content ? $", {VibWords.Size(content)} unpacked" : "")}";
        Pair(indent, "Payload", $"{payload.Name}: {payload.Type}{(payload.Format.Length > 0 ? $" ({payload.Format})" : "")}, {sizes}");
        foreach (var digest in payload.Digests)
        {
            var of = digest.OfContent ? " of the content" : digest.Process.Length > 0 ? $" after {digest.Process}" : "";
            Line(indent + Gap, $"{Mark(digest.Standing)} {Safe($"{digest.Algorithm}{of}")} {digest.Standing.Word()}", 2);
        }

        var files = payload.Files.Where(file => file.Kind != VibContentKind.Folder).ToList();
        if (files.Count == 0)
            return;
        var shown = all || files.Count <= MostFiles ? files : files[..(MostFiles - 1)];
        var sizeWidth = shown.Max(file => Size(file).Length);
        foreach (var file in shown)
            Line(indent + Gap, $"{paint($"{file.ModeText()} {Size(file).PadLeft(sizeWidth)}", Ink.Dim)} {Safe(file.Path)}{(file.LinkTarget is { } target ? $" → {Safe(target)}" : "")}", 2);
        if (shown.Count < files.Count)
            Line(indent + Gap, paint($"… {files.Count - shown.Count} more: --files", Ink.Dim));
    }

    /// <summary>A bundle of many packages is a table.</summary>
    private void AddBriefly(IReadOnlyList<VibInspectedPackage> packages, string indent)
    {
        _text.Append('\n');
        string[] head = ["Package", "Acceptance", "Digests", "Mode", "Live", "ESXi"];
        var rows = packages.Select(Row).Prepend(head).ToList();
        var widths = head.Select((_, column) => rows.Max(row => TableCells.WidthOf(row[column]))).ToList();
        if (indent.Length + widths.Sum() + (2 * (widths.Count - 1)) > width)
            AddBelow(rows.Skip(1), indent);
        else
            AddBeside(rows, widths, indent);
        Line(indent, paint($"{packages.Count} packages; --files tells all of each", Ink.Dim));
    }

    private void AddBeside(IEnumerable<string[]> rows, List<int> widths, string indent)
    {
        foreach (var (place, row) in rows.Index())
        {
            var line = string.Join("  ", row.Select((cell, column) => cell + new string(' ', widths[column] - TableCells.WidthOf(cell)))).TrimEnd();
            _text.Append(indent).Append(place == 0 ? paint(line, Ink.Dim) : line).Append('\n');
        }
    }

    /// <summary>What has no room beside a package's id stands below it.</summary>
    private void AddBelow(IEnumerable<string[]> rows, string indent)
    {
        foreach (var row in rows)
        {
            Line(indent, row[0]);
            Line(indent + "  ", paint($"{row[1]}; digests {row[2]}; {row[3]}; {(row[4] == "yes" ? "live" : row[4])}; ESXi {row[5]}", Ink.Dim), 2);
        }
    }

    private static string[] Row(VibInspectedPackage inspected)
    {
        var (package, descriptor) = (inspected.Package, inspected.Package.Descriptor);
        var digests = package.Payloads.SelectMany(payload => payload.Digests).ToList();
        var good = digests.Count(digest => digest.Standing == VibDigestStanding.Verified);
        return
        [
            Safe(descriptor.Id),
            Safe(descriptor.AcceptanceLevel?.ToString() ?? descriptor.AcceptanceWord),
            good == digests.Count ? "verified" : $"{good} of {digests.Count}",
            descriptor.MaintenanceModeRequired switch { true => "maintenance", false => "any mode", null => "not said" },
            descriptor.LiveInstallAllowed switch { true => "yes", false => "restart", null => "not said" },
            EsxiFit.Words(inspected.Fits, EsxiFitness.Fits),
        ];
    }

    private void AddProblems(VibInspection inspection)
    {
        var problems = inspection.AllProblems.ToList();
        var errors = problems.Count(row => row.Problem.Severity == VibProblemSeverity.Error);
        _text.Append('\n');
        foreach (var (_, problem) in problems.OrderBy(row => row.Problem.Severity == VibProblemSeverity.Warning))
        {
            var mark = problem.Severity == VibProblemSeverity.Error ? paint("error", Ink.Red) : paint("warning", Ink.Yellow);
            Line("", $"{mark}  {Safe(problem.Subject)} {Safe(problem.What)}".TrimEnd(), 9);
        }

        var warnings = problems.Count - errors;
        Line("", errors > 0 ? paint($"Do not install it: {Counted.Of(errors, "error")}{Besides(warnings)}", Ink.Red)
            : paint($"Nothing is wrong with it{(warnings == 0 ? "" : $" but for {Counted.Of(warnings, "warning")}")}", Ink.Green));
    }

    private static string Besides(int warnings) => warnings == 0 ? "" : $", {Counted.Of(warnings, "warning")}";

    private string Mark(VibDigestStanding standing) => standing switch
    {
        VibDigestStanding.Verified => paint("=", Ink.Green),
        VibDigestStanding.Differs => paint("x", Ink.Red),
        _ => paint("?", Ink.Yellow),
    };

    private static string Gap { get; } = new(' ', Label + 2);

    private static string Signature(VibPackage package) => package.SignatureBytes switch { null or 0 => "not signed", var bytes => $"a signature of {bytes} bytes is there (not verified)" };

    private static string Restart(VibDescriptor descriptor) => (descriptor.LiveInstallAllowed, descriptor.LiveRemoveAllowed) switch
    {
        (true, true) => "not needed: live install and removal are allowed",
        (true, false) => "needed to remove it; live install is allowed",
        (false, true) => "needed to install it; live removal is allowed",
        (false, false) => "needed to install it, and to remove it",
        (null, null) => "not said",
        var (install, removal) => $"to install it {Needed(install)}, to remove it {Needed(removal)}",
    };

    private static string Needed(bool? live) => live switch { true => "not needed", false => "needed", null => "not said" };

    private static string Size(VibContent file) => file.Kind == VibContentKind.File ? VibWords.Size(file.Bytes) : file.Kind.Word();

    private static string Joined<T>(IEnumerable<T> items) => string.Join(", ", items);

    private void Pair(string indent, string name, string? value, Ink? ink = null)
    {
        if (string.IsNullOrEmpty(value))
            return;
        var safe = Safe(value);
        Line(indent + "  ", paint(name.PadRight(Label), Ink.Dim) + (ink is null ? safe : paint(safe, ink)), Label);
    }

    private void Line(string indent, string text, int hang = 0) =>
        _text.Append(indent).Append(InkWrap.Hanging(text, width - indent.Length, hang).Replace("\n", "\n" + indent, StringComparison.Ordinal)).Append('\n');

    private static string Safe(string text) => SafeText.Line(text);
}
