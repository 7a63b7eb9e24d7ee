using CsCheck;
using OpsKit.Modules.Licensing;

namespace OpsKit.Modules.Tests.Licensing.Keys;

public sealed class LicenseKeyMaskTests
{
    [Theory]
    [InlineData("A1B2C-D3E4F-G5H6J-K7L8M-N9P0Q", "*****-*****-*****-*****-N9P0Q")]
    [InlineData("00000-00000-00000-00000-00000", "00000-00000-00000-00000-00000")]
    [InlineData("SHORT", "*****")]
    [InlineData("ABCDE-12345", "*****-*****")]
    [InlineData("", "")]
    public void Mask_keeps_the_last_group(string key, string masked) => LicenseKeyMask.Mask(key).ShouldBe(masked);

    [Fact]
    public void Mask_never_shows_more_than_five_characters() => Gen.String.Sample(key =>
        LicenseKeyMask.Mask(key).Count(c => c is not ('*' or '-')).ShouldBeLessThanOrEqualTo(5));
}
