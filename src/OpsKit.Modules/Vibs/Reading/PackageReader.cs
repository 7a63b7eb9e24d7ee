using System.Security.Cryptography;

namespace OpsKit.Modules.Vibs;

/// <summary>Reads a package as it streams: the descriptor, the signature's place, then payload after payload.</summary>
internal sealed class PackageReader(ReadBudget budget)
{
    private const string Descriptor = "descriptor.xml";
    private const string Signature = "sig.pkcs7";

    private readonly ProblemList _problems = new();

    /// <summary>Reads it.</summary>
    /// <param name="stream">The package.</param>
    /// <param name="length">Its length where it is known.</param>
    /// <param name="origin">What to call it.</param>
    /// <exception cref="ArchiveException">It is no package, or too damaged to say what it is.</exception>
    public VibPackage Read(Stream stream, long? length, string origin)
    {
        using var whole = new DigestingStream(stream, [HashAlgorithmName.SHA256], budget.Passed);
        var archive = new ArReader(whole, length);
        var first = archive.Next();
        if (first?.Name != Descriptor)
            throw new ArchiveException(first is null ? "is an ar archive with nothing in it" : $"is no package: its first member is {first.Name}, not {Descriptor}");
        var descriptor = DescriptorReader.Read(SafeXml.Read(first.Content, budget.Limits.DocumentBytes, Descriptor));
        var (signature, payloads) = ReadRest(archive, descriptor);
        ForwardOnlyStream.Drain(whole);
        DescriptorRules.Judge(descriptor, payloads, signature, _problems);
        return new VibPackage(origin, descriptor)
        {
            Bytes = whole.Count,
            Sha256 = whole.Digest(HashAlgorithmName.SHA256)!,
            Payloads = payloads,
            SignatureBytes = signature,
            Problems = _problems.ToList(),
        };
    }

    private (long? Signature, IReadOnlyList<VibPayload> Payloads) ReadRest(ArReader archive, VibDescriptor descriptor)
    {
        long? signature = null;
        var found = new Dictionary<string, VibPayload>(StringComparer.Ordinal);
        var known = new Dictionary<string, VibPayload>(StringComparer.Ordinal);
        foreach (var payload in descriptor.Payloads)
            known.TryAdd(payload.Name, payload);
        var reader = new PayloadReader(budget, descriptor.Id, _problems);
        for (var place = 1; archive.Next() is { } member; place++)
        {
            budget.Entry(member.Name.Length);
            if (member.Name == Signature && signature is null)
            {
                signature = member.Content.Left;
                if (place != 1)
                    _problems.Error(descriptor.Id, $"{Signature} is not its second member");
            }
            else if (!known.TryGetValue(member.Name, out var described))
            {
                _problems.Error(descriptor.Id, $"has a member that its descriptor does not know: {member.Name}");
            }
            else if (!found.TryAdd(described.Name, reader.Read(described, member)))
            {
                _problems.Error(descriptor.Id, $"has its payload {described.Name} twice");
            }
        }

        foreach (var missing in descriptor.Payloads.Where(payload => !found.ContainsKey(payload.Name)))
            _problems.Error($"{descriptor.Id} payload {missing.Name}", "is missing from the archive");
        return (signature, [.. descriptor.Payloads.Select(payload => found.GetValueOrDefault(payload.Name, payload))]);
    }
}
