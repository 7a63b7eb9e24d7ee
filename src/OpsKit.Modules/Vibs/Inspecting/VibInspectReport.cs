using OpsKit.Engine.Reports;
using DigestColumn = OpsKit.Engine.Reports.Column<(OpsKit.Modules.Vibs.VibPackage Package, OpsKit.Modules.Vibs.VibPayload Payload, OpsKit.Modules.Vibs.VibDigest? Digest)>;
using FileColumn = OpsKit.Engine.Reports.Column<(OpsKit.Modules.Vibs.VibPackage Package, OpsKit.Modules.Vibs.VibPayload Payload, OpsKit.Modules.Vibs.VibContent File)>;
using PackageColumn = OpsKit.Engine.Reports.Column<(OpsKit.Modules.Vibs.VibFile File, OpsKit.Modules.Vibs.VibInspectedPackage Inspected)>;
using ProblemColumn = OpsKit.Engine.Reports.Column<(OpsKit.Modules.Vibs.VibFile File, OpsKit.Modules.Vibs.VibProblem Problem)>;

namespace OpsKit.Modules.Vibs;

/// <summary>What files hold, as reports: packages, payloads with their digests, files, problems.</summary>
public static class VibInspectReport
{
    private const string Several = ", ";

    /// <summary>Makes the four tables.</summary>
    /// <param name="inspections">What was read.</param>
    public static IReadOnlyList<ReportTable> Of(IReadOnlyList<VibInspection> inspections)
    {
        ArgumentNullException.ThrowIfNull(inspections);
        var packages = inspections.SelectMany(inspection => inspection.AllPackages).ToList();
        return [Packages(packages), Payloads(packages), Files(packages), Problems(inspections)];
    }

    private static ReportTable Packages(List<(VibFile File, VibInspectedPackage Inspected)> packages) => ReportTable.From(
        "vib-inspect",
        packages,
        PackageColumn.Text("File", row => row.File.Name, "the file, or the bundle within it"),
        PackageColumn.Text("ID", row => row.Inspected.Package.Descriptor.Id, "vendor, type, name, version"),
        PackageColumn.Text("Name", row => row.Inspected.Package.Descriptor.Name),
        PackageColumn.Text("Version", row => row.Inspected.Package.Descriptor.Version),
        PackageColumn.Text("Vendor", row => row.Inspected.Package.Descriptor.Vendor),
        PackageColumn.Text("AcceptanceLevel", row => row.Inspected.Package.Descriptor.AcceptanceLevel?.ToString()),
        PackageColumn.Boolean("Signed", row => row.Inspected.Package.SignatureBytes > 0, "whether a signature is there; it is not verified"),
        PackageColumn.Date("ReleaseDate", row => row.Inspected.Package.Descriptor.ReleaseDate is { } date ? DateOnly.FromDateTime(date.UtcDateTime) : null),
        PackageColumn.Boolean("MaintenanceModeRequired", row => row.Inspected.Package.Descriptor.MaintenanceModeRequired),
        PackageColumn.Boolean("LiveInstallAllowed", row => row.Inspected.Package.Descriptor.LiveInstallAllowed),
        PackageColumn.Boolean("LiveRemoveAllowed", row => row.Inspected.Package.Descriptor.LiveRemoveAllowed),
        PackageColumn.Text("Fits", row => EsxiFit.Words(row.Inspected.Fits, EsxiFitness.Fits), "release lines of ESXi it can go on"),
        PackageColumn.Text("Doubtful", row => EsxiFit.Words(row.Inspected.Fits, EsxiFitness.Doubtful), "release lines whose hosts were seen to refuse such packages"),
        PackageColumn.Text("Refused", row => EsxiFit.Words(row.Inspected.Fits, EsxiFitness.Refused), "release lines whose hosts refuse it"),
        PackageColumn.Text("Depends", row => string.Join(Several, row.Inspected.Package.Descriptor.Depends)),
        PackageColumn.Text("Conflicts", row => string.Join(Several, row.Inspected.Package.Descriptor.Conflicts)),
        PackageColumn.Text("Replaces", row => string.Join(Several, row.Inspected.Package.Descriptor.Replaces)),
        PackageColumn.Integer("Bytes", row => row.Inspected.Package.Bytes, "B"),
        PackageColumn.Boolean("Sound", row => row.Inspected.Package.IsSound, "whether nothing is wrong that would have a host refuse it"),
        PackageColumn.Text("SHA256", row => row.Inspected.Package.Sha256));

    private static ReportTable Payloads(List<(VibFile File, VibInspectedPackage Inspected)> packages) => ReportTable.From(
        "vib-payloads",
        packages.SelectMany(row => row.Inspected.Package.Payloads.SelectMany(payload =>
            payload.Digests.Count == 0 ? [(row.Inspected.Package, payload, (VibDigest?)null)] : payload.Digests.Select(digest => (row.Inspected.Package, payload, (VibDigest?)digest)))),
        DigestColumn.Text("ID", row => row.Package.Descriptor.Id),
        DigestColumn.Text("Payload", row => row.Payload.Name),
        DigestColumn.Text("Type", row => row.Payload.Type),
        DigestColumn.Text("Format", row => row.Payload.Format, "how it turned out to be stored"),
        DigestColumn.Integer("Bytes", row => row.Payload.Bytes, "B"),
        DigestColumn.Integer("ContentBytes", row => row.Payload.ContentBytes, "B", "when decompressed"),
        DigestColumn.Integer("Files", row => row.Payload.Files.Count),
        DigestColumn.Text("Digest", row => row.Digest?.Algorithm),
        DigestColumn.Text("Of", row => row.Digest is not { } digest ? null : digest.OfContent ? "content" : digest.Process.Length == 0 ? "payload" : digest.Process, "what the digest is of"),
        DigestColumn.Text("Result", row => row.Digest?.Standing.Word(), "verified, differs or not verified"),
        DigestColumn.Text("Expected", row => row.Digest?.Expected),
        DigestColumn.Text("Calculated", row => row.Digest?.Calculated));

    private static ReportTable Files(List<(VibFile File, VibInspectedPackage Inspected)> packages) => ReportTable.From(
        "vib-files",
        packages.SelectMany(row => row.Inspected.Package.Payloads.SelectMany(payload => payload.Files.Select(file => (row.Inspected.Package, payload, file)))),
        FileColumn.Text("ID", row => row.Package.Descriptor.Id),
        FileColumn.Text("Payload", row => row.Payload.Name),
        FileColumn.Text("Path", row => row.File.Path),
        FileColumn.Text("Kind", row => row.File.Kind.Word()),
        FileColumn.Text("Mode", row => row.File.ModeText()),
        FileColumn.Integer("Bytes", row => row.File.Kind == VibContentKind.File ? row.File.Bytes : null, "B"),
        FileColumn.Text("Target", row => row.File.LinkTarget, "where a link leads"));

    private static ReportTable Problems(IReadOnlyList<VibInspection> inspections) => ReportTable.From(
        "vib-problems",
        inspections.SelectMany(inspection => inspection.AllProblems),
        ProblemColumn.Text("File", row => row.File.Name),
        ProblemColumn.Text("Severity", row => row.Problem.Severity == VibProblemSeverity.Error ? "error" : "warning"),
        ProblemColumn.Text("Subject", row => row.Problem.Subject),
        ProblemColumn.Text("Problem", row => row.Problem.What));
}
