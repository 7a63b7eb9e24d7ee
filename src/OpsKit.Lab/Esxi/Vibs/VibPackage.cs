using System.Xml;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Vibs;

/// <summary>A digest a descriptor gives of a payload.</summary>
/// <param name="Type"><c>sha-256</c> or <c>sha-1</c>.</param>
/// <param name="Digest">In hexadecimal digits.</param>
/// <param name="OfContent">Of the decompressed payload; else of the payload as it is stored.</param>
internal sealed record VibChecksum(string Type, string Digest, bool OfContent);

internal sealed record VibPayload(string Name, string Type, IReadOnlyList<VibChecksum> Checksums);

/// <summary>A package file: what its descriptor says, and the payloads behind it.</summary>
/// <param name="Vib">The package.</param>
/// <param name="Payloads">Its payloads, as described.</param>
/// <param name="Flaw">Where its descriptor breaks the rules for packages, as errors say it; null for nowhere.</param>
/// <param name="Members">The files of the archive.</param>
internal sealed record VibPackage(LabVib Vib, IReadOnlyList<VibPayload> Payloads, string? Flaw, IReadOnlyList<ArMember> Members)
{
    private const string Descriptor = "descriptor.xml";
    private const string Signature = "sig.pkcs7";

    public long Bytes => Members.Sum(member => (long)member.Content.Length);

    /// <exception cref="FormatException">It is no package.</exception>
    public static VibPackage Read(ReadOnlyMemory<byte> file)
    {
        var members = ArArchive.Read(file);
        if (members is not [{ Name: Descriptor } first, { Name: Signature } signature, ..])
            throw new FormatException($"{Descriptor} and {Signature} are not its first members");
        try
        {
            using var stream = new MemoryStream(first.Content.ToArray());
            var described = VibDescriptor.Read(stream);

            // A signature is ASN.1: what does not begin like that was signed by nobody.
            var signed = signature.Content.Length > 0 && signature.Content.Span[0] == 0x30;
            return new VibPackage(described.Vib with { Signed = signed }, described.Payloads, described.Flaw, members);
        }
        catch (XmlException broken)
        {
            throw new FormatException($"bad descriptor: {broken.Message}", broken);
        }
    }

    public ReadOnlyMemory<byte>? Content(VibPayload payload) => Members.FirstOrDefault(member => member.Name == payload.Name)?.Content;
}
