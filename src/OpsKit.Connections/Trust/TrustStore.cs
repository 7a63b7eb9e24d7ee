using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;

namespace OpsKit.Connections.Trust;

/// <summary>
/// What the operator has trusted, in text files that can be read and edited: <c>trust/certificates</c> and <c>trust/known_hosts</c> under
/// the state folder.
/// </summary>
public sealed class TrustStore
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private readonly JumpHost _host;
    private readonly string _folder;

    /// <summary>Opens the store of a jump host; nothing is created before something is added.</summary>
    public TrustStore(JumpHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
        _folder = Path.Combine(host.StateDirectory, "trust");
    }

    /// <summary>The file with the certificates.</summary>
    public string CertificatesFile => Path.Combine(_folder, "certificates");

    /// <summary>The file with the SSH host keys, in OpenSSH's format.</summary>
    public string KnownHostsFile => Path.Combine(_folder, "known_hosts");

    /// <summary>All certificates that are trusted, in the order of the file.</summary>
    /// <exception cref="OpsKitException">The file cannot be read, or a line is damaged (<see cref="FailureKind.Usage"/>, with the line).</exception>
    public IReadOnlyList<CertificatePin> Certificates()
    {
        var pins = new List<CertificatePin>();
        var lines = ReadLines();
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsComment(lines[i]))
                continue;
            if (!CertificatePin.TryParse(lines[i], out var pin, out var error))
                throw new OpsKitException(FailureKind.Usage, $"{CertificatesFile}:{i + 1}: {error}", next: "mend or delete the line; nothing was lost");
            pins.Add(pin!);
        }

        return pins;
    }

    /// <summary>The certificates trusted for an address; usually one, two while a certificate is being replaced.</summary>
    public IReadOnlyList<CertificatePin> Find(string host, int port)
    {
        var address = EndpointAddress.Format(host, port);
        return [.. Certificates().Where(pin => string.Equals(pin.Address, address, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>Trusts a certificate for an address, in place of whatever was trusted for it before.</summary>
    /// <exception cref="OpsKitException">Another process holds the store for 10 s (<see cref="FailureKind.Locked"/>), or it cannot be written.</exception>
    public async Task<CertificatePin> AddAsync(string host, int port, CertificateFacts certificate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var today = DateOnly.FromDateTime(_host.Clock.GetUtcNow().UtcDateTime);
        var pin = new CertificatePin(EndpointAddress.Format(host, port), certificate.Sha256, today, certificate.Subject);
        await ChangeAsync(lines => [.. lines.Where(line => !IsFor(line, pin.Address)), pin.ToLine()], cancellationToken).ConfigureAwait(false);
        return pin;
    }

    /// <summary>Trusts an address no more.</summary>
    /// <returns>How many certificates were removed.</returns>
    /// <exception cref="OpsKitException">Another process holds the store for 10 s (<see cref="FailureKind.Locked"/>), or it cannot be written.</exception>
    public async Task<int> RemoveAsync(string host, int port, CancellationToken cancellationToken)
    {
        var address = EndpointAddress.Format(host, port);
        var removed = 0;
        if (File.Exists(CertificatesFile))
        {
            await ChangeAsync(
                lines =>
                {
                    var kept = lines.Where(line => !IsFor(line, address)).ToArray();
                    removed = lines.Count - kept.Length;
                    return kept;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }

    private async Task ChangeAsync(Func<IReadOnlyList<string>, IReadOnlyList<string>> change, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateFolder(_folder);
        using var held = await PrivateFiles.LockAsync(Path.Combine(_folder, "lock"), LockTimeout, _host.Clock, cancellationToken).ConfigureAwait(false);
        var lines = change(ReadLines());
        PrivateFiles.Replace(CertificatesFile, string.Concat(lines.Select(line => line + "\n")));
    }

    private string[] ReadLines()
    {
        try
        {
            return File.Exists(CertificatesFile) ? File.ReadAllLines(CertificatesFile) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsKitException(FailureKind.Usage, $"cannot be read: {e.Message}", CertificatesFile, innerException: e);
        }
    }

    private static bool IsComment(string line) => string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#');

    private static bool IsFor(string line, string address) =>
        !IsComment(line) && string.Equals(line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries)[0], address, StringComparison.OrdinalIgnoreCase);
}
