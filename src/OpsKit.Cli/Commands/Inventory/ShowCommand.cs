using OpsKit.Connections.Inventory;
using OpsKit.Connections.Secrets;
using OpsKit.Engine.Reports;
using Column = OpsKit.Engine.Reports.Column<OpsKit.Cli.Commands.Inventory.EndpointRow>;

namespace OpsKit.Cli.Commands.Inventory;

/// <summary>An endpoint with its settings as they apply.</summary>
internal sealed record EndpointRow(Endpoint Endpoint, string Groups);

/// <summary><c>opskit inventory show</c>: every endpoint with the settings that apply to it. Contacts nothing, shows no secret.</summary>
internal static class ShowCommand
{
    public static OpsCommand Create() => new("show", "List the endpoints with the settings that apply")
    {
        Details =
            """
            Shows what the other commands would work on, after defaults, groups and --limit.
            Nothing is contacted. Passwords are not read; only where they come from is shown.
            """,
        UsesEndpoints = true,
        Reports = true,
        Examples =
        [
            new Example("opskit inventory show", "all endpoints"),
            new Example("opskit inventory show --limit 'lab*,!lab-old'", "what a limit chooses"),
            new Example("opskit inventory show --out endpoints.csv", "as a file"),
        ],
        ExitCodes = [Cli.ExitCodes.Done, Cli.ExitCodes.Usage],
        Handler = (_, context, _) =>
        {
            context.Report(TableOf(context.LoadEstate()));
            return Task.FromResult(Cli.ExitCodes.Done);
        },
    };

    internal static ReportTable TableOf(Estate estate) => ReportTable.From(
        "inventory",
        estate.Endpoints.Select(endpoint => new EndpointRow(endpoint, GroupsOf(estate, endpoint))),
        Column.Text("Name", row => row.Endpoint.Name),
        Column.Text("Kind", row => KindOf(row.Endpoint)),
        Column.Text("Address", row => AddressOf(row.Endpoint), "DNS name or IP address with the port"),
        Column.Text("User", row => row.Endpoint.Credential?.UserName),
        Column.Text("Password", row => SourceOf(row.Endpoint.Credential), "Where the password or key comes from"),
        Column.Text("Trust", row => TrustOf(row.Endpoint), "How the certificate or host key is judged"),
        Column.Text("Groups", row => row.Groups),
        Column.Text("Belongs", row => BelongsTo(row.Endpoint), "Linked group of a vCenter; vCenter and enclosure of a host"),
        Column.Integer("Timeout", row => (long)row.Endpoint.ConnectTimeout.TotalSeconds, "s"),
        Column.Text("DeclaredAt", row => row.Endpoint.DeclaredAt)) with
    {
        Notes = [.. estate.Endpoints.Where(IsLegacy).Select(endpoint => $"{endpoint.Name} may be spoken to with outdated cryptography (allow-legacy).")],
    };

    internal static string KindOf(Endpoint endpoint) => endpoint switch
    {
        VCenterEndpoint => "vcenter",
        HostEndpoint => "host",
        EnclosureEndpoint => "enclosure",
        _ => "endpoint",
    };

    private static string AddressOf(Endpoint endpoint) => endpoint switch
    {
        VCenterEndpoint vCenter => $"{vCenter.Address}:{vCenter.Port}{(vCenter.Path == "/sdk" ? "" : vCenter.Path)}",
        HostEndpoint host => $"{host.Address}:{host.Ssh.Port}",
        EnclosureEndpoint { StandbyAddress: { } standby } enclosure => $"{enclosure.Address}, {standby}",
        _ => endpoint.Address,
    };

    private static string? SourceOf(Credential? credential) => credential switch
    {
        null => null,
        { Password: { Source: SecretSource.Command } command } => $"cmd:{command.Value.Split(' ')[0]}",
        { Password: { } reference } => reference.ToString(),
        { PrivateKeyFile: { } key } => $"key {key}",
        _ => null,
    };

    private static string TrustOf(Endpoint endpoint) => endpoint switch
    {
        VCenterEndpoint vCenter => TrustOf(vCenter.Tls),
        HostEndpoint host => TrustOf(host.Ssh),
        EnclosureEndpoint enclosure => $"{TrustOf(enclosure.Tls)}; {TrustOf(enclosure.Ssh)}",
        _ => "",
    };

    private static string TrustOf(TlsSettings tls) =>
        tls.Thumbprint is { } thumbprint ? $"pinned {thumbprint[..8]}…" : tls.CaFile is { } file ? $"CA file {file}" : "system or trust store";

    private static string TrustOf(SshSettings ssh) =>
        ssh.Fingerprint is not null ? "pinned host key" : ssh.HostKeyPolicy == HostKeyPolicy.AcceptNew ? "known_hosts, new accepted" : "known_hosts";

    private static bool IsLegacy(Endpoint endpoint) => endpoint switch
    {
        VCenterEndpoint vCenter => vCenter.Tls.AllowLegacy,
        HostEndpoint host => host.Ssh.AllowLegacy,
        EnclosureEndpoint enclosure => enclosure.Tls.AllowLegacy || enclosure.Ssh.AllowLegacy,
        _ => false,
    };

    private static string? BelongsTo(Endpoint endpoint) => endpoint switch
    {
        VCenterEndpoint vCenter => vCenter.LinkedGroup,
        HostEndpoint host => string.Join(", ", new[] { host.VCenter, host.Enclosure }.OfType<string>()),
        _ => null,
    };

    private static string GroupsOf(Estate estate, Endpoint endpoint) => string.Join(
        ", ", estate.Groups.Where(group => group.Value.Contains(endpoint.Name, StringComparer.OrdinalIgnoreCase)).Select(group => group.Key));
}
