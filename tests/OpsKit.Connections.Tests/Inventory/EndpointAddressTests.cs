using CsCheck;
using OpsKit.Connections.Inventory;

namespace OpsKit.Connections.Tests.Inventory;

public sealed class EndpointAddressTests
{
    [Theory]
    [InlineData("vc1", "vc1", null, null)]
    [InlineData(" vc1.example.com ", "vc1.example.com", null, null)]
    [InlineData("vc1:8989", "vc1", 8989, null)]
    [InlineData("https://127.0.0.1:8989/sdk", "127.0.0.1", 8989, "/sdk")]
    [InlineData("HTTPS://vc1/", "vc1", null, null)]
    [InlineData("10.0.0.1", "10.0.0.1", null, null)]
    [InlineData("fe80::1", "fe80::1", null, null)]
    [InlineData("[fe80::1]", "fe80::1", null, null)]
    [InlineData("[2001:db8::7]:902", "2001:db8::7", 902, null)]
    [InlineData("https://[2001:db8::7]/sdk", "2001:db8::7", null, "/sdk")]
    [InlineData("esx_01", "esx_01", null, null)]
    public void Address_is_taken_apart(string text, string host, int? port, string? path)
    {
        EndpointAddress.TryParse(text, out var address, out var error).ShouldBeTrue(error);

        address.ShouldBe(new EndpointAddress(host, port, path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://vc1")]
    [InlineData("ssh://vc1")]
    [InlineData("vc1:0")]
    [InlineData("vc1:65536")]
    [InlineData("vc1:ssh")]
    [InlineData("vc 1")]
    [InlineData("300.1.1.1")]
    [InlineData("10.0.1")]
    [InlineData("user@vc1")]
    [InlineData("https://user:pw@vc1/sdk")]
    [InlineData("vc1;rm -rf")]
    public void What_is_no_address_is_refused(string text)
    {
        EndpointAddress.TryParse(text, out var address, out var error).ShouldBeFalse();

        address.ShouldBeNull();
        error.ShouldNotBeEmpty();
        error.ShouldNotContain("pw");
    }

    [Fact]
    public void Any_text_is_answered_and_a_formatted_address_reads_back() =>
        Gen.String.Sample(text =>
        {
            if (!EndpointAddress.TryParse(text, out var address, out var error))
            {
                error.ShouldNotBeEmpty();
                return;
            }

            EndpointAddress.TryParse(EndpointAddress.Format(address!.Host, 443), out var again, out _).ShouldBeTrue();
            again.ShouldBe(new EndpointAddress(address.Host, 443, null));
        });
}
