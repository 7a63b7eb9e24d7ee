using System.Buffers;
using System.Security.Cryptography;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Trust;

namespace OpsKit.Connections.Ssh;

/// <summary>
/// The SSH host keys on record: OpsKit's own known_hosts, which it writes, then files it only reads (the user's <c>~/.ssh/known_hosts</c>).
/// Lines that cannot be read are passed over, as ssh does; they trust nothing.
/// </summary>
public sealed class KnownHosts
{
    private static readonly SearchValues<char> NeverInNames = SearchValues.Create(" \t\r\n,#|*?!@");
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private readonly string _own;
    private readonly IReadOnlyList<string> _readOnly;
    private readonly TimeProvider _clock;

    /// <summary>Opens the record; no file needs to exist.</summary>
    /// <param name="ownFile">The file OpsKit adds to and removes from.</param>
    /// <param name="readOnlyFiles">Files that are consulted after it and never written.</param>
    /// <param name="clock">Measures how long a lock is waited for.</param>
    public KnownHosts(string ownFile, IReadOnlyList<string>? readOnlyFiles = null, TimeProvider? clock = null)
    {
        _own = ownFile;
        _readOnly = readOnlyFiles ?? [];
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>The record of a jump host: <c>trust/known_hosts</c> under the state folder, then the user's own unless that is not wanted.</summary>
    public static KnownHosts Of(JumpHost host, bool readUserFile = true)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new KnownHosts(
            new TrustStore(host).KnownHostsFile,
            readUserFile ? [Path.Combine(host.HomeDirectory, ".ssh", "known_hosts")] : [],
            host.Clock);
    }

    /// <summary>The file OpsKit writes.</summary>
    public string OwnFile => _own;

    /// <summary>All readable lines of all files, in the order they are consulted.</summary>
    /// <exception cref="OpsKitException">A file is there and cannot be read (<see cref="FailureKind.Usage"/>).</exception>
    public IReadOnlyList<KnownHostsEntry> Entries() => [.. new[] { _own }.Concat(_readOnly).SelectMany(Read)];

    /// <summary>The entries that speak of a host.</summary>
    public IReadOnlyList<KnownHostsEntry> Find(string host, int port)
    {
        var name = KnownHostsLine.NameOf(host, port);
        return [.. Entries().Where(entry => entry.Line.Matches(name))];
    }

    /// <summary>The key types on record for a host; a handshake should ask for these first, as ssh does, so that a host with several keys does not look changed.</summary>
    public IReadOnlyList<string> KeyTypes(string host, int port) =>
        [.. Find(host, port).Where(entry => entry.Line.Marker == KnownHostsMarker.None).Select(entry => entry.Line.Key.Type).Distinct(StringComparer.Ordinal)];

    /// <summary>Judges a key a host presents.</summary>
    public HostKeyJudgement Judge(string host, int port, SshHostKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var matching = Find(host, port);
        var revoked = matching.Where(entry => entry.Line.Marker == KnownHostsMarker.Revoked && entry.Line.Key.Base64 == key.Base64).ToArray();
        var trusted = matching.Where(entry => entry.Line.Marker == KnownHostsMarker.None).OrderByDescending(entry => entry.Line.Key.Type == key.Type).ToArray();
        var standing = revoked.Length > 0 ? HostKeyStanding.Revoked
            : trusted.Any(entry => entry.Line.Key.Base64 == key.Base64) ? HostKeyStanding.Known
            : trusted.Length > 0 ? HostKeyStanding.Changed
            : HostKeyStanding.Unknown;
        return new HostKeyJudgement(
            standing,
            key,
            revoked.Length > 0 ? revoked : trusted,
            matching.Any(entry => entry.Line.Marker == KnownHostsMarker.CertificateAuthority));
    }

    /// <summary>Records a key for a host in OpsKit's file; one that is on record there already is not added again.</summary>
    /// <param name="host">DNS name or address.</param>
    /// <param name="port">TCP port, 1–65535.</param>
    /// <param name="key">The key.</param>
    /// <param name="hashed">Write the name hashed.</param>
    /// <param name="comment">Added after the key; it must not hold a line break.</param>
    /// <exception cref="OpsKitException">The file cannot be written (<see cref="FailureKind.Failed"/>) or is locked (<see cref="FailureKind.Locked"/>).</exception>
    public void Add(string host, int port, SshHostKey key, bool hashed = false, string comment = "")
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(comment);
        var name = KnownHostsLine.NameOf(host, port);
        if (name.AsSpan().ContainsAny(NeverInNames))
            throw new OpsKitException(FailureKind.Usage, $"\"{host}\" cannot stand in known_hosts", next: "use the host's DNS name or address");
        if (comment.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException("A comment is one line.", nameof(comment));

        Change(text =>
        {
            if (Parse(_own, text).Any(entry => entry.Line.Marker == KnownHostsMarker.None && entry.Line.Key.Base64 == key.Base64 && entry.Line.Matches(name)))
                return text;
            var line = new KnownHostsLine
            {
                Hosts = hashed ? KnownHostsLine.HashName(name, RandomNumberGenerator.GetBytes(SHA1.HashSizeInBytes)) : name,
                Key = key,
                Comment = comment,
            };
            return $"{text}{(text.Length == 0 || text.EndsWith('\n') ? "" : "\n")}{line.ToLine()}\n";
        });
    }

    /// <summary>Removes what OpsKit's file has on record for a host. Lines that name other hosts, too, lose only this name.</summary>
    /// <returns>The keys that were removed; <c>@revoked</c> and <c>@cert-authority</c> lines stay.</returns>
    public IReadOnlyList<SshHostKey> Remove(string host, int port)
    {
        var name = KnownHostsLine.NameOf(host, port);
        var removed = new List<SshHostKey>();
        if (!File.Exists(_own))
            return removed;
        Change(text =>
        {
            removed.Clear();
            return string.Concat(Lines(text).Select(line => Without(line, name, removed)));
        });
        return removed;
    }

    private static string Without(string raw, string name, List<SshHostKey> removed)
    {
        if (!KnownHostsLine.TryParse(raw.TrimEnd('\r', '\n'), out var line, out _) || line!.Marker != KnownHostsMarker.None || !line.Matches(name))
            return raw;
        removed.Add(line.Key);
        var others = line.IsHashed ? [] : line.Hosts.Split(',').Where(host => !string.Equals(host, name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (!others.Any(other => !other.StartsWith('!')))
            return "";
        // A wildcard that still matches is narrowed, not dropped: its other hosts are still trusted.
        var rest = line with { Hosts = string.Join(',', others) };
        if (rest.Matches(name))
            rest = rest with { Hosts = $"{rest.Hosts},!{name}" };
        return rest.ToLine() + "\n";
    }

    private void Change(Func<string, string> change)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(_own))!;
        PrivateFiles.CreateFolder(folder);
        using var held = PrivateFiles.Lock(_own + ".lock", LockTimeout, _clock);
        var before = ReadText(_own);
        var after = change(before);
        if (after != before)
            PrivateFiles.Replace(_own, after);
    }

    private static IEnumerable<KnownHostsEntry> Read(string file) => Parse(file, ReadText(file));

    private static IEnumerable<KnownHostsEntry> Parse(string file, string text)
    {
        var number = 0;
        foreach (var raw in Lines(text))
        {
            number++;
            if (KnownHostsLine.TryParse(raw.TrimEnd('\n'), out var line, out _))
                yield return new KnownHostsEntry(file, number, line!);
        }
    }

    /// <summary>The lines with their ends, so that what is not touched stays byte for byte.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            yield return text[start..end];
            start = end;
        }
    }

    private static string ReadText(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"cannot be read: {e.Message}", file, innerException: e);
        }
    }
}
