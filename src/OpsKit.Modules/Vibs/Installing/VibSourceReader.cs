using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Modules.Esxcli;

namespace OpsKit.Modules.Vibs;

/// <summary>Reads the file that VIBs are installed from: here, or where it lies on a host.</summary>
internal static class VibSourceReader
{
    private const int MostProblems = 3;

    /// <summary>Reads a file of this machine. What cannot be read is a problem of the source, so that every host's plan tells it.</summary>
    /// <param name="path">As the operator wrote it.</param>
    /// <param name="full">Where it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<VibSource> ReadAsync(string path, string full, CancellationToken cancellationToken)
    {
        try
        {
            var file = await Task.Run(() => VibReader.Read(full, null, cancellationToken), cancellationToken).ConfigureAwait(false);
            return Of(file, path, full, cancellationToken);
        }
        catch (OpsKitException unreadable)
        {
            return new VibSource { Shown = path, LocalPath = full, Problems = [$"{path}: {unreadable.What}{(path == full || File.Exists(full) ? "" : $"; it was looked for as {full}")}"] };
        }
    }

    /// <summary>Asks a host for what a file there holds.</summary>
    public static async Task<VibSource> OnHostAsync(ShellQueries shell, string path, CancellationToken cancellationToken)
    {
        var isBundle = path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        var source = new VibSource { Shown = VibInstallOptions.OnHost + path, HostPath = path, IsBundle = isBundle };
        var asked = ReadingCommand.Esxcli(EsxcliFormat.Xml, "software sources vib get", isBundle ? "-d" : "-v", path) with { Timeout = TimeSpan.FromMinutes(5) };
        var said = await shell.RunAsync(asked, cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = EsxcliAnswer.Of(new ReadingResult(asked, said.ExitStatus ?? -1, said.Output), path, shell.Name);
            return source with { Vibs = [.. answer.Records.Where(row => row.Text("Name") is { Length: > 0 }).Select(Descriptor)] };
        }
        catch (OpsKitException refused)
        {
            return source with { Problems = [refused.What] };
        }
    }

    private static VibSource Of(VibFile file, string shown, string full, CancellationToken cancellationToken)
    {
        var source = new VibSource { Shown = shown, LocalPath = full, Bytes = file.Bytes, Sha256 = file.Sha256, IsBundle = file.Kind == VibFileKind.OfflineBundle };
        if (file.Kind != VibFileKind.VendorZip)
            return WithPackages(source, file.Packages, file.Problems);
        return (file.Inner, file.Packages) switch
        {
            ([var bundle], _) => Within(source with { IsBundle = true, Bytes = bundle.Bytes, Sha256 = bundle.Sha256 }, bundle.Name, bundle.Packages, bundle.Problems, cancellationToken),
            ([], [var only]) => Within(source with { Bytes = only.Bytes, Sha256 = only.Sha256 }, only.Origin, [only], [], cancellationToken),
            ([], []) => source with { Problems = [$"{shown} is a ZIP with neither a bundle nor a VIB in it", .. Errors(file.Problems)] },
            _ => source with
            {
                Problems =
                [
                    $"{shown} holds several bundles or VIBs: {string.Join(", ", file.Inner.Select(inner => inner.Name).Concat(file.Packages.Select(package => package.Origin)).Take(5))}; unpack it, and name the one",
                ],
            },
        };
    }

    private static VibSource Within(
        VibSource source, string inner, IReadOnlyList<VibPackage> packages, IReadOnlyList<VibProblem> problems, CancellationToken cancellationToken)
    {
        var found = WithPackages(source with { Inner = inner, Remarks = [$"{source.Shown} is a vendor's ZIP; {inner} inside of it is used"] }, packages, problems);
        return found.Sha256.Length > 0 && found.Bytes > 0 ? found : Measured(found, cancellationToken);
    }

    /// <summary>What is sent is the inner file: its own size and digest count.</summary>
    private static VibSource Measured(VibSource source, CancellationToken cancellationToken)
    {
        using var digest = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var counted = new CountingStream(digest);
        VibReader.CopyInner(source.LocalPath!, source.Inner!, counted, null, cancellationToken);
        return source with { Bytes = counted.Length, Sha256 = Convert.ToHexStringLower(digest.GetHashAndReset()) };
    }

    private static VibSource WithPackages(VibSource source, IReadOnlyList<VibPackage> packages, IReadOnlyList<VibProblem> problems) => source with
    {
        Vibs = [.. packages.Select(package => package.Descriptor with { Payloads = package.Payloads })],
        Problems = [.. Errors(problems.Concat(packages.SelectMany(package => package.Problems)))],
    };

    private static IEnumerable<string> Errors(IEnumerable<VibProblem> problems)
    {
        var errors = problems.Where(problem => problem.Severity == VibProblemSeverity.Error).ToList();
        foreach (var error in errors.Take(MostProblems))
            yield return error.Subject.Length > 0 ? $"{error.Subject}: {error.What}" : error.What;
        if (errors.Count > MostProblems)
            yield return $"and {errors.Count - MostProblems} more problems of the file: opskit vib inspect tells them all";
    }

    private static VibDescriptor Descriptor(EsxcliRecord row) => new()
    {
        Name = row.Text("Name") ?? "",
        Version = row.Text("Version") ?? "",
        Vendor = row.Text("Vendor") ?? "",
        Type = row.Text("Type") is { Length: > 0 } type ? type : "bootbank",
        AcceptanceLevel = VibAcceptance.OfHost(row.Text("Acceptance Level") ?? ""),
        AcceptanceWord = row.Text("Acceptance Level") ?? "",
        Depends = [.. row.Texts("Depends").Select(VibRelations.Parse)],
        Conflicts = [.. row.Texts("Conflicts").Select(VibRelations.Parse)],
        Replaces = [.. row.Texts("Replaces").Select(VibRelations.Parse)],
        Provides = [.. row.Texts("Provides").Select(VibRelations.Parse)],
        MaintenanceModeRequired = row.Flag("Maintenance Mode Required"),
        LiveInstallAllowed = row.Flag("Live Install Allowed"),
        LiveRemoveAllowed = row.Flag("Live Remove Allowed"),
    };
}
