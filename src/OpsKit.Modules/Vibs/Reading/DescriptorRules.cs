namespace OpsKit.Modules.Vibs;

/// <summary>What hosts refuse, or stumble over, in a package as a whole. Pure.</summary>
internal static class DescriptorRules
{
    private const int MostNamed = 3;

    /// <summary>Judges it.</summary>
    /// <param name="descriptor">What the package says of itself.</param>
    /// <param name="payloads">What was found in it.</param>
    /// <param name="signature">Bytes of its signature; null for not even a place for one.</param>
    /// <param name="problems">Told what is wrong.</param>
    public static void Judge(VibDescriptor descriptor, IReadOnlyList<VibPayload> payloads, long? signature, ProblemList problems)
    {
        var id = descriptor.Id;
        foreach (var (what, text) in new[] { ("vendor", descriptor.Vendor), ("type", descriptor.Type), ("name", descriptor.Name), ("version", descriptor.Version) })
        {
            if (!VibNames.IsPlain(text))
                problems.Error(id, $"its {what} has characters that have no place in a package's id: only letters, digits and . _ + ~ - have");
        }

        if (descriptor.AcceptanceLevel is null)
            problems.Error(id, descriptor.AcceptanceWord.Length == 0 ? "says no acceptance level" : $"\"{descriptor.AcceptanceWord}\" is no acceptance level");
        if (signature is null)
            problems.Error(id, "has no sig.pkcs7; hosts want the member even where it is empty");
        else if (signature == 0 && descriptor.AcceptanceLevel > VibAcceptanceLevel.CommunitySupported)
            problems.Warning(id, $"says {descriptor.AcceptanceLevel} and is not signed: hosts find no trusted signer");
        if (payloads.GroupBy(payload => payload.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            problems.Error(id, $"its descriptor has the payload {twice.Key} twice");
        foreach (var payload in payloads.Where(payload => payload.Digests.Count == 0))
            problems.Error($"{id} payload {payload.Name}", "has no digest: nothing vouches for what is in it");
        JudgeFiles(descriptor, payloads, problems);
    }

    private static void JudgeFiles(VibDescriptor descriptor, IReadOnlyList<VibPayload> payloads, ProblemList problems)
    {
        foreach (var file in descriptor.Files)
        {
            if (ArchivePath.Flaw(file) is { } flaw)
                problems.Error(descriptor.Id, $"its list of files names {file}, which {flaw}");
        }

        // Payloads that are no archives bring files, too; what they bring is not known.
        if (payloads.Any(payload => payload.Files.Count == 0))
            return;
        var listed = descriptor.Files.Select(ArchivePath.Clean).ToHashSet(StringComparer.Ordinal);
        var found = payloads.SelectMany(payload => payload.Files).Where(file => file.Kind != VibContentKind.Folder).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var folders = payloads.SelectMany(payload => payload.Files).Where(file => file.Kind == VibContentKind.Folder).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        Tell([.. found.Where(file => !listed.Contains(file))], "brings files that its list does not name");
        Tell([.. listed.Where(file => !found.Contains(file) && !folders.Contains(file))], "lists files that it does not bring");

        void Tell(List<string> files, string what)
        {
            if (files.Count > 0)
                problems.Warning(descriptor.Id, $"{what}: {string.Join(", ", files.Order(StringComparer.Ordinal).Take(MostNamed))}{(files.Count > MostNamed ? $" and {files.Count - MostNamed} more" : "")}");
        }
    }
}
