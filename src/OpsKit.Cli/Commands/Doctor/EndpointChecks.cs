using System.Net;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;

namespace OpsKit.Cli.Commands.Doctor;

/// <summary>
/// Checks of one endpoint, from the wire up: name, port, certificate or host key, clock, login. What stands on a check that failed
/// is skipped: one fault is shown once.
/// </summary>
internal sealed class EndpointChecks(DoctorProbes probes, bool login, TimeProvider clock)
{
    /// <summary>A skew from which on tickets and certificates start to fail.</summary>
    public static readonly TimeSpan SkewLimit = TimeSpan.FromSeconds(60);

    /// <summary>How long before a certificate expires its renewal is due.</summary>
    public static readonly TimeSpan RenewalDue = TimeSpan.FromDays(30);

    private const int NamedHosts = 5;

    public async Task<IReadOnlyList<Finding>> RunAsync(Endpoint endpoint, CancellationToken ct)
    {
        var findings = new List<Finding>();
        if (!await NameAsync(endpoint, endpoint.Address, findings, ct))
            return findings;

        switch (endpoint)
        {
            case VCenterEndpoint vCenter:
                await VCenterAsync(vCenter, findings, ct);
                break;
            case HostEndpoint host:
                if (await HostKeyAsync(host, host.Address, host.Ssh.Port, findings, ct))
                    await LoginAsync(host, findings, ct);
                break;
            case EnclosureEndpoint enclosure:
                var keyKnown = await HostKeyAsync(enclosure, enclosure.Address, enclosure.Ssh.Port, findings, ct);
                await CertificateAsync(enclosure, enclosure.HttpsPort, findings, ct);
                if (keyKnown)
                    await LoginAsync(enclosure, findings, ct);
                if (enclosure.StandbyAddress is { } standby && await NameAsync(enclosure, standby, findings, ct))
                    await PortAsync(enclosure, standby, enclosure.Ssh.Port, findings, ct);
                break;
        }

        return findings;
    }

    private async Task VCenterAsync(VCenterEndpoint vCenter, List<Finding> findings, CancellationToken ct)
    {
        if (!await CertificateAsync(vCenter, vCenter.Port, findings, ct))
            return;

        await CheckAsync("clock", vCenter, findings, async () => await probes.ClockSkewAsync(vCenter, ct) is { } skew
            ? Skew("clock", vCenter.Name, skew)
            : Finding.Skipped("clock", vCenter.Name, "the server sends no date before login"));
        await LoginAsync(vCenter, findings, ct);
    }

    private Task<bool> NameAsync(Endpoint endpoint, string address, List<Finding> findings, CancellationToken ct) =>
        CheckAsync("name", endpoint, findings, async () =>
            Finding.Ok("name", endpoint.Name, IPAddress.TryParse(address, out _)
                ? $"{address} is an address: nothing to resolve"
                : $"{address} is {string.Join(", ", await probes.ResolveAsync(address, ct))}"));

    private Task<bool> PortAsync(Endpoint endpoint, string address, int port, List<Finding> findings, CancellationToken ct) =>
        CheckAsync("port", endpoint, findings, async () =>
        {
            var took = await probes.ConnectAsync(address, port, endpoint.ConnectTimeout, ct);
            return Finding.Ok("port", endpoint.Name, $"{address}:{port} is open ({took.TotalMilliseconds:0} ms)");
        });

    private async Task<bool> CertificateAsync(Endpoint endpoint, int port, List<Finding> findings, CancellationToken ct) =>
        await PortAsync(endpoint, endpoint.Address, port, findings, ct)
        && await CheckAsync("certificate", endpoint, findings, async () => Judge(endpoint.Name, await probes.CertificateAsync(endpoint, port, ct)));

    private async Task<bool> HostKeyAsync(Endpoint endpoint, string address, int port, List<Finding> findings, CancellationToken ct) =>
        await PortAsync(endpoint, address, port, findings, ct)
        && await CheckAsync("host key", endpoint, findings, async () => Finding.Ok("host key", endpoint.Name, $"known: {await probes.HostKeyAsync(endpoint, ct)}"));

    private async Task LoginAsync(Endpoint endpoint, List<Finding> findings, CancellationToken ct)
    {
        if (!login)
        {
            findings.Add(Finding.Skipped("login", endpoint.Name, "not tried without --login"));
            return;
        }

        if (endpoint.Credential is null)
        {
            findings.Add(Finding.Skipped("login", endpoint.Name, "it has no credential"));
            return;
        }

        await CheckAsync("login", endpoint, findings, async () =>
        {
            var facts = await probes.LoginAsync(endpoint, ct);
            findings.Add(Finding.Ok("login", endpoint.Name, $"{endpoint.Credential.UserName} is let in; {facts.Product}"));
            if (facts.SshServices.Count > 0)
                findings.Add(SshServices(endpoint.Name, facts.SshServices));
            return facts.ClockSkew is { } skew ? Skew("clock after login", endpoint.Name, skew) : null;
        });
    }

    private Finding Judge(string name, CertificateOpinion certificate)
    {
        if (certificate.Refusal is { } refusal)
            return Finding.Failure("certificate", name, refusal);

        var left = certificate.NotAfter - clock.GetUtcNow();
        var until = $"{certificate.Subject}, {certificate.Trust}, valid until {certificate.NotAfter.UtcDateTime:yyyy-MM-dd}";
        return left < TimeSpan.Zero ? Finding.Warning("certificate", name, $"{until}: expired", "renew it on the endpoint")
            : left < RenewalDue ? Finding.Warning("certificate", name, $"{until}: {left.Days} days left", "renew it on the endpoint, then opskit trust add " + name)
            : Finding.Ok("certificate", name, until);
    }

    private static Finding Skew(string check, string name, TimeSpan skew)
    {
        var seconds = Math.Abs(skew.TotalSeconds);
        var text = seconds < 1.5 ? "agrees with this jump host's" : $"is {seconds:0} s {(skew > TimeSpan.Zero ? "ahead of" : "behind")} this jump host's";
        return seconds <= SkewLimit.TotalSeconds
            ? Finding.Ok(check, name, text)
            : Finding.Warning(check, name, text, "let both ask the same NTP servers; see timedatectl here and the endpoint's time settings");
    }

    private static Finding SshServices(string name, IReadOnlyList<SshServiceState> services)
    {
        var stopped = services.Where(service => !service.Running).ToList();
        if (stopped.Count == 0)
            return Finding.Ok("SSH service", name, services.Count == 1 ? $"runs on {services[0].Host}, start policy {services[0].Policy}" : $"runs on all {services.Count} hosts");

        var named = string.Join(", ", stopped.Take(NamedHosts).Select(service => $"{service.Host} (policy {service.Policy})"));
        var more = stopped.Count > NamedHosts ? $" and {stopped.Count - NamedHosts} more" : "";
        return Finding.Warning("SSH service", name, $"stopped on {stopped.Count} of {services.Count} hosts: {named}{more}", "start the service TSM-SSH there before commands that use SSH");
    }

    /// <summary>Runs one check; its failure becomes a finding.</summary>
    /// <returns>Whether what stands on it can be checked.</returns>
    private static async Task<bool> CheckAsync(string check, Endpoint endpoint, List<Finding> findings, Func<Task<Finding?>> run)
    {
        try
        {
            if (await run() is not { } finding)
                return true;

            findings.Add(finding);
            return finding.Status != FindingStatus.Failure;
        }
        catch (OpsKitException failure)
        {
            findings.Add(Finding.Failure(check, endpoint.Name, failure));
            return false;
        }
    }
}
