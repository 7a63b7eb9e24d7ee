using System.Security.Cryptography;
using CsCheck;
using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Tests.Inventory;

public sealed class ThumbprintTests
{
    private const string Plain = "3F0A77C1158B4E9260D3AA0F5C21B86E9407DD3BE27019C58AF436519D0B629C";

    [Theory]
    [InlineData(Plain)]
    [InlineData("3f0a77c1158b4e9260d3aa0f5c21b86e9407dd3be27019c58af436519d0b629c")]
    [InlineData(" 3F:0A:77:C1:15:8B:4E:92:60:D3:AA:0F:5C:21:B8:6E:94:07:DD:3B:E2:70:19:C5:8A:F4:36:51:9D:0B:62:9C ")]
    [InlineData("3F 0A 77 C1 15 8B 4E 92 60 D3 AA 0F 5C 21 B8 6E 94 07 DD 3B E2 70 19 C5 8A F4 36 51 9D 0B 62 9C")]
    [InlineData("sha256 Fingerprint=3F:0A:77:C1:15:8B:4E:92:60:D3:AA:0F:5C:21:B8:6E:94:07:DD:3B:E2:70:19:C5:8A:F4:36:51:9D:0B:62:9C")]
    [InlineData("SHA256:3f0a77c1158b4e9260d3aa0f5c21b86e9407dd3be27019c58af436519d0b629c")]
    public void Form_a_tool_prints_is_understood(string text)
    {
        Thumbprint.TryNormalize(text, out var thumbprint, out var error).ShouldBeTrue(error);

        thumbprint.ShouldBe(Plain);
    }

    [Theory]
    [InlineData("", "64 hex digits")]
    [InlineData("3F0A", "found 4 characters")]
    [InlineData("0A:9C:3F:0A:77:C1:15:8B:4E:92:60:D3:AA:0F:5C:21:B8:6E:94:07", "SHA-1")]
    [InlineData(Plain + "00", "found 66 characters")]
    [InlineData("GF0A77C1158B4E9260D3AA0F5C21B86E9407DD3BE27019C58AF436519D0B629C", "hex digits")]
    [InlineData("SHA256:PwqsFYtOkmDTqg9cIbhulAfdO+JwGcWK9DZRnQtinAo", "hex digits")]
    public void What_is_none_is_told_with_what_would_be_right(string text, string message)
    {
        Thumbprint.TryNormalize(text, out _, out var error).ShouldBeFalse();

        error.ShouldContain(message);
    }

    [Fact]
    public void Formatted_thumbprint_reads_back() => Gen.Byte.Array[1, 50].Sample(bytes =>
    {
        var thumbprint = Convert.ToHexString(SHA256.HashData(bytes));

        Thumbprint.TryNormalize(Thumbprint.Format(thumbprint), out var again, out _).ShouldBeTrue();
        again.ShouldBe(thumbprint);
    });

    [Fact]
    public void Any_text_is_answered() => Gen.String.Sample(text => Thumbprint.TryNormalize(text, out _, out var error).ShouldBe(error.Length == 0));
}
