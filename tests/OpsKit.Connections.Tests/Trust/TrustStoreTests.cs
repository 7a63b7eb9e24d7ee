using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Trust;

namespace OpsKit.Connections.Tests.Trust;

public sealed class TrustStoreTests : IDisposable
{
    private static readonly CertificateFacts First = Facts('A', "CN=vc1");
    private static readonly CertificateFacts Second = Facts('B', "CN=vc1\nevil");

    private readonly TestHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Pin_is_kept_replaced_and_removed()
    {
        var store = new TrustStore(_host.JumpHost);
        await store.AddAsync("vc1", 443, First, Token);
        await store.AddAsync("vc1", 8443, Second, Token);
        await store.AddAsync("vc1", 443, Second, Token);

        store.Find("VC1", 443).ShouldHaveSingleItem().Sha256.ShouldBe(Second.Sha256);
        new TrustStore(_host.JumpHost).Certificates().Count.ShouldBe(2);
        (await store.RemoveAsync("vc1", 443, Token)).ShouldBe(1);
        (await store.RemoveAsync("vc1", 443, Token)).ShouldBe(0);
        store.Find("vc1", 443).ShouldBeEmpty();
        store.Find("vc1", 8443).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Comments_and_other_lines_stay()
    {
        var store = new TrustStore(_host.JumpHost);
        await store.AddAsync("vc1", 443, First, Token);
        File.AppendAllText(store.CertificatesFile, "# by hand\n");

        await store.AddAsync("vc2", 443, Second, Token);
        await store.RemoveAsync("vc1", 443, Token);

        File.ReadAllText(store.CertificatesFile).ShouldStartWith("# by hand\nvc2:443 ");
    }

    [Fact]
    public async Task Damaged_line_is_told_with_its_place()
    {
        var store = new TrustStore(_host.JumpHost);
        await store.AddAsync("vc1", 443, First, Token);
        File.AppendAllText(store.CertificatesFile, "vc2:443 not-a-thumbprint\n");

        var refused = Should.Throw<OpsKitException>(() => store.Find("vc1", 443));

        refused.Message.ShouldContain($"{store.CertificatesFile}:2");
    }

    /// <summary>Adds and removals in any order, against a dictionary.</summary>
    [Fact]
    public Task Store_keeps_what_a_dictionary_would() => Gen.Select(Gen.Bool, Gen.Int[0, 3], Gen.Char["ABCDEF"]).Array[1, 12].SampleAsync(async steps =>
    {
        using var host = new TestHost();
        var store = new TrustStore(host.JumpHost);
        var expected = new Dictionary<string, string>();
        foreach (var (add, number, digit) in steps)
        {
            var name = number == 3 ? "fe80::3" : $"vc{number}";
            var address = EndpointAddress.Format(name, 443);
            if (add)
            {
                await store.AddAsync(name, 443, Facts(digit, $"CN={name}"), Token);
                expected[address] = new string(digit, 64);
            }
            else
            {
                (await store.RemoveAsync(name.ToUpperInvariant(), 443, Token)).ShouldBe(expected.Remove(address) ? 1 : 0);
            }
        }

        store.Certificates().ToDictionary(pin => pin.Address, pin => pin.Sha256).ShouldBe(expected, ignoreOrder: true);
    }, iter: 40);

    [Fact]
    public async Task Store_and_its_folder_are_the_owners_alone()
    {
        var store = new TrustStore(_host.JumpHost);
        await store.AddAsync("vc1", 443, First, Token);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(store.CertificatesFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(Path.GetDirectoryName(store.CertificatesFile)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task Subject_with_line_breaks_forges_no_line()
    {
        var store = new TrustStore(_host.JumpHost);
        await store.AddAsync("vc1", 443, Facts('A', $"CN=vc1\nvc2:443 {new string('B', 64)}"), Token);

        store.Certificates().ShouldHaveSingleItem().Address.ShouldBe("vc1:443");
    }

    [Fact]
    public void Store_is_empty_before_anything_is_added_and_nothing_is_created()
    {
        var store = new TrustStore(_host.JumpHost);

        store.Certificates().ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(_host.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Store_held_by_another_is_given_up_after_ten_seconds()
    {
        var clock = new FakeTimeProvider();
        var store = new TrustStore(_host.JumpHost with { Clock = clock });
        await store.AddAsync("vc1", 443, First, Token);
        using var other = PrivateFiles.Lock(Path.Combine(Path.GetDirectoryName(store.CertificatesFile)!, "lock"), TimeSpan.Zero, clock);

        var adding = store.AddAsync("vc2", 443, Second, Token);
        while (!adding.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        (await Should.ThrowAsync<OpsKitException>(() => adding)).Kind.ShouldBe(FailureKind.Locked);
        store.Certificates().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("vc1:443", "expected HOST:PORT SHA256")]
    [InlineData("vc1:443 0A9C3F0A77C1158B4E9260D3AA0F5C21B86E9407", "SHA-1")]
    [InlineData("vc1:443 3F0A77C1158B4E9260D3AA0F5C21B86E9407DD3BE27019C58AF436519D0B629C 31.1.2026", "is not a date such as")]
    public void Damaged_line_is_told_with_what_would_be_right(string line, string message)
    {
        var store = new TrustStore(_host.JumpHost);
        _host.Write(Path.GetRelativePath(_host.Folder, store.CertificatesFile), $"# a comment\n\n{line}\n");

        Should.Throw<OpsKitException>(store.Certificates).Message.ShouldMatch($"^{Regex.Escape(store.CertificatesFile)}:3: .*{Regex.Escape(message)}");
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => new TrustStore(_host.JumpHost).AddAsync($"vc{number}", 443, First, Token)));

        new TrustStore(_host.JumpHost).Certificates().Count.ShouldBe(20);
    }

    private static CertificateFacts Facts(char digit, string subject) =>
        new(subject, "CN=ca", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100), new string(digit, 64), ["vc1"]);
}
