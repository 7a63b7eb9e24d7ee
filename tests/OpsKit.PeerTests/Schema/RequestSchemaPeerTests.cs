using System.Text;
using OpsKit.TestKit;
using OpsKit.Vim25;
using OpsKit.Vim25.Tests.Codec;

namespace OpsKit.PeerTests.Schema;

/// <summary>Requests, byte by byte as they are sent, against the generated schema in the eyes of libxml2.</summary>
public sealed class RequestSchemaPeerTests : IDisposable
{
    private const int RandomOnes = 6;
    private static readonly ManagedObjectReference Self = new("VirtualMachine", "vm-1");

    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-schema-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Requests_of_every_operation_are_valid_whatever_they_hold()
    {
        var count = 0;
        for (var i = 0; i < RandomOnes; i++)
        {
            var seed = Random.Shared.Next();
            foreach (var request in VimTypes.Requests(Self))
            {
                new RandomObjects(seed).Fill(request, depth: 0);
                await SaveAsync($"{request.Operation}-{seed}", Wire.Write(request.Write));
                count++;
            }
        }

        var (status, verdicts) = await ValidateAsync();

        status.ShouldBe(0, string.Join('\n', verdicts.Where(line => !line.EndsWith(" validates", StringComparison.Ordinal)).Take(20)));
        verdicts.Count(line => line.EndsWith(" validates", StringComparison.Ordinal)).ShouldBe(count);
        count.ShouldBeGreaterThan(RandomOnes * 50);
    }

    [Theory]
    [InlineData("the elements in another order", "<userName>u</userName><password>p</password>", "<password>p</password><userName>u</userName>", "password")]
    [InlineData("a required element left out", "<password>p</password>", "", "Missing child element")]
    [InlineData("an element the operation does not have", "</password>", "</password><token>t</token>", "token")]
    [InlineData("an operation that does not exist", "Login", "Logon", "Logon")]
    [InlineData("a reference without its value's type", " type=\"VirtualMachine\"", " kind=\"VirtualMachine\"", "kind")]
    public async Task Request_with_a_fault_in_it_is_refused(string fault, string valid, string broken, string complaint)
    {
        var login = Wire.Write(new LoginRequest { Self = Self, UserName = "u", Password = "p" }.Write);
        login.ShouldContain(valid);
        await SaveAsync("login", login.Replace(valid, broken, StringComparison.Ordinal));

        var (status, verdicts) = await ValidateAsync();

        status.ShouldBe(3, fault);
        string.Join('\n', verdicts).ShouldContain(complaint);
    }

    private Task SaveAsync(string name, string envelope) =>
        File.WriteAllTextAsync(Path.Combine(_folder, $"{name}.xml"), envelope, new UTF8Encoding(false), TestContext.Current.CancellationToken);

    private async Task<(int Status, string[] Verdicts)> ValidateAsync()
    {
        var (status, _, error) = await Shell.TryAsync("xmllint", ["--nonet", "--noout", "--schema", RandomObjects.EnvelopeSchemaFile, .. Directory.GetFiles(_folder)]);
        return (status, error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
