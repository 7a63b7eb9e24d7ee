using CsCheck;
using OpsKit.Connections;
using OpsKit.Modules.Vibs;

namespace OpsKit.Modules.Tests.Vibs;

/// <summary>Whatever a file holds, it is read or refused in words, and takes no more memory than the limits let it.</summary>
public sealed class VibFuzzTests
{
    private const int Seconds = 5;
    private static readonly VibReadLimits Small = new() { ContentBytes = 8 << 20, DocumentBytes = 1 << 20, MetadataBytes = 4 << 20, FileBytes = 4 << 20, Entries = 2000 };

    private static readonly byte[] Package = VibSample.Package();
    private static readonly byte[] Bundle = VibSample.Bundle(Package);
    private static readonly byte[] Outer = VibSample.Zip(("a-bundle.zip", Bundle), ("b.vib", Package));

    /// <summary>Bytes changed, pieces cut out, repeated, or moved.</summary>
    private static readonly Gen<Func<byte[], byte[]>> Mutation = Gen.OneOf(
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte, (at, value) => (Func<byte[], byte[]>)(bytes => Changed(bytes, at, value))),
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 2000], (at, count) => (Func<byte[], byte[]>)(bytes => [.. bytes[..(at % bytes.Length)], .. bytes[Math.Min(bytes.Length, (at % bytes.Length) + count)..]])),
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 600], (at, count) => (Func<byte[], byte[]>)(bytes => [.. bytes[..(at % bytes.Length)], .. bytes[Math.Max(0, (at % bytes.Length) - count)..]])),
        Gen.Select(Gen.Int[0, int.MaxValue], Any(0u, 1u, 0x7FFFFFFFu, 0xFFFFFFFFu, 0x80000000u), (at, value) => (Func<byte[], byte[]>)(bytes => Written(bytes, at, BitConverter.GetBytes(value)))));

    [Fact]
    public void Damaged_packages_are_read_or_refused() => Survive(Package);

    [Fact]
    public void Damaged_bundles_are_read_or_refused() => Survive(Bundle, Outer);

    [Fact]
    public void Damaged_archives_within_payloads_are_read_or_refused()
    {
        var tar = VibSample.Tar(("opt/a", "1"), ("opt/" + new string('b', 120), "2"));
        var vmtar = VibSample.VmTar(("opt/a", "1"), ("opt/b", "2"));
        Gen.Select(Any(tar, vmtar), Mutation.List[1, 6]).Sample(
            (archive, mutations) => Judge(VibSample.Package(VibSample.Gzip(Mutated(archive, mutations)))), time: Seconds, threads: 1);
    }

    [Fact]
    public void Damaged_xz_is_read_or_refused() =>
        Mutation.List[1, 4].Sample(mutations => Judge(VibSample.Package(VibSample.Gzip(Mutated(VibSample.Xz, mutations)))), time: Seconds, threads: 1);

    [Fact]
    public void Any_archive_is_built_or_refused()
    {
        var file = Path.GetTempFileName();
        var options = new VibBuildOptions { Name = "a", Version = "1-1", Vendor = "b", AnyPath = true };
        var tar = VibSample.Tar(("opt/a", "1"), ("opt/" + new string('b', 120), "2"));
        try
        {
            Gen.Select(Any(tar, VibSample.VmTar(("opt/a", "1"), ("opt/b", "2"))), Mutation.List[1, 4]).Sample(
                (archive, mutations) =>
                {
                    File.WriteAllBytes(file, VibSample.Gzip(Mutated(archive, mutations)));
                    using var built = new MemoryStream();
                    try
                    {
                        VibBuilder.Build(file, options, EsxiReleasesReader.BuiltIn, built, Small);
                    }
                    catch (OpsKitException refusal)
                    {
                        return refusal.Kind == FailureKind.Failed && built.Length == 0;
                    }

                    built.Position = 0;
                    return VibReader.Read(built, "built", Small).Packages.Single().IsSound;
                },
                time: Seconds,
                threads: 1);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Any_descriptor_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.OneOf(Gen.String[0, 40], Any("<vib>", "</vib>", "&#x0;", "&lt;", "<![CDATA[", "]]>", "<!DOCTYPE a>", "<?x?>", "\uFFFE", "\"", "xmlns:a=\"b\" ", "<payload/>", "<file>../x</file>")), (at, text) => (at, text)).List[1, 5]
            .Sample(edits => Judge(VibSample.Package(edit: text => edits.Aggregate(text, (now, edit) => now.Insert(edit.at % now.Length, edit.text)))), time: Seconds, threads: 1);

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static void Survive(params byte[][] files) =>
        Gen.Select(Any(files), Mutation.List[1, 6]).Sample((file, mutations) => Judge(Mutated(file, mutations)), time: Seconds, threads: 1);

    private static bool Judge(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var stream = new MemoryStream(bytes);
            var file = VibReader.Read(stream, "fuzzed", Small);
            file.AllProblems.ShouldAllBe(problem => problem.What.Length > 0);
        }
        catch (OpsKitException refusal)
        {
            refusal.Kind.ShouldBe(FailureKind.Failed);
            refusal.What.ShouldNotBeEmpty();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20;
    }

    private static byte[] Mutated(byte[] bytes, IEnumerable<Func<byte[], byte[]>> mutations) => mutations.Aggregate(bytes, (now, mutate) => now.Length == 0 ? now : mutate(now));

    private static byte[] Changed(byte[] bytes, int at, byte value) => Written(bytes, at, [value]);

    private static byte[] Written(byte[] bytes, int at, byte[] value)
    {
        var changed = (byte[])bytes.Clone();
        var place = at % bytes.Length;
        value.AsSpan(0, Math.Min(value.Length, bytes.Length - place)).CopyTo(changed.AsSpan(place));
        return changed;
    }
}
