using OpsKit.Lab.Esxi.Vibs;

namespace OpsKit.Lab.Tests.Esxi.Esxcli;

/// <summary>The reader's own tests.</summary>
public sealed class VibReaderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Package_is_read_with_either_kind_of_names(bool slashes)
    {
        var package = VibPackage.Read(new TestVib("net-sample", "2.1-3") { Slashes = slashes, Level = "partner", Signature = [0x30, 1, 2] }.ToBytes());
        package.Vib.Id.ShouldBe("Contoso_bootbank_net-sample_2.1-3");
        package.Vib.AcceptanceLevel.ShouldBe("PartnerSupported");
        package.Vib.Signed.ShouldBeTrue();
        package.Vib.Payloads.ShouldBe(["net-samp"]);
        package.Flaw.ShouldBeNull();
        VibDigests.Mismatch(package, knowsContent: true).ShouldBeNull();
        VibDigests.Mismatch(package, knowsContent: false).ShouldBeNull();
    }

    [Fact]
    public void Every_damaged_package_is_refused_or_read_without_another_error()
    {
        var good = new TestVib("sample").ToBytes();
        for (var length = 0; length < good.Length; length += 7)
            Try(good[..length]);
        for (var at = 0; at < good.Length; at += 5)
        {
            var bad = good.ToArray();
            bad[at] ^= 0x55;
            Try(bad);
        }

        static void Try(byte[] bytes)
        {
            try
            {
                VibDigests.Mismatch(VibPackage.Read(bytes), knowsContent: true);
            }
            catch (FormatException)
            {
                // What a damaged file is told as.
            }
        }
    }

    [Theory]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("1.0", "1.0.0", -1)]
    [InlineData("4.0.355.1-1OEM.500.0.0.406165", "4.0.88.0-1vmw.500.0.0.469512", 1)]
    [InlineData("5.5.0-0.0.1331820", "5.5", 1)]
    [InlineData("2.0.15g.v50.11-5vmw", "2.0.15h.v50.11-5vmw", -1)]
    [InlineData("1.010", "1.9", 1)]
    [InlineData("a", "1", 1)]
    public void Versions_are_compared_run_by_run(string left, string right, int order)
    {
        Math.Sign(VibVersion.Compare(left, right)).ShouldBe(order);
        Math.Sign(VibVersion.Compare(right, left)).ShouldBe(-order);
    }
}
