using System.Globalization;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Ssh;

namespace OpsKit.Cli.Commands.Trust;

/// <summary>SSH host keys in OpsKit's known_hosts, fetched with a key exchange and nothing more.</summary>
internal sealed class HostKeyTrust(KnownHosts knownHosts, JumpHost jumpHost)
{
    private const string AddedBy = "opskit ";
    private readonly Dictionary<string, SshHostKey> _fetched = new(StringComparer.OrdinalIgnoreCase);

    public async Task<TrustEntry> FetchAsync(TrustSubject subject, CancellationToken ct)
    {
        var key = await HostKeyProbe.FetchAsync(subject.Host, SettingsOf(subject), knownHosts, subject.Endpoint.ConnectTimeout, jumpHost.Clock, ct);
        _fetched[subject.Address] = key;
        return new TrustEntry(TrustEntry.HostKey, subject.Address, key.Fingerprint, [("type", key.Type), ("SHA-256", key.Fingerprint)]);
    }

    public IReadOnlyList<TrustEntry> Find(TrustSubject subject) =>
        [.. knownHosts.Find(subject.Host, subject.Port).Where(entry => entry.Line.Marker == KnownHostsMarker.None).Select(EntryOf)];

    public IReadOnlyList<TrustEntry> All() => [.. knownHosts.Entries().Where(entry => entry.Line.Marker == KnownHostsMarker.None).Select(EntryOf)];

    public void Trust(TrustSubject subject)
    {
        knownHosts.Remove(subject.Host, subject.Port);
        var today = jumpHost.Clock.GetUtcNow().UtcDateTime;
        knownHosts.Add(subject.Host, subject.Port, _fetched[subject.Address], comment: AddedBy + today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    public int Remove(TrustSubject subject) => knownHosts.Remove(subject.Host, subject.Port).Count;

    private static SshSettings SettingsOf(TrustSubject subject) => subject.Endpoint switch
    {
        HostEndpoint host => host.Ssh,
        EnclosureEndpoint enclosure => enclosure.Ssh,
        _ => new SshSettings { Port = subject.Port },
    };

    private TrustEntry EntryOf(KnownHostsEntry entry) =>
        new(TrustEntry.HostKey, entry.Line.IsHashed ? "(hashed)" : AddressOf(entry.Line.Hosts), entry.Line.Key.Fingerprint, [])
        {
            Added = AddedOn(entry.Line.Comment),
            Comment = entry.File == knownHosts.OwnFile ? entry.Line.Key.Type : $"{entry.Line.Key.Type}, in {entry.At}",
        };

    private static string AddressOf(string hosts) => string.Join(", ", hosts.Split(',').Select(host => host.StartsWith('[') ? host.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal) : host + ":22"));

    private static DateOnly? AddedOn(string comment) =>
        comment.StartsWith(AddedBy, StringComparison.Ordinal) && DateOnly.TryParseExact(comment[AddedBy.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
