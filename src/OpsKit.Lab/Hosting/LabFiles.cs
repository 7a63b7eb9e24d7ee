using System.Globalization;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Trust;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Enclosures.XmlData;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Hosting;

/// <summary>
/// Writes what clients need into the lab's folder: the inventory with its secrets, <c>trust/</c> as opskit's state folder has it, the certificates for curl,
/// and an ssh_config.
/// </summary>
internal static class LabFiles
{
    public static void Write(LabFolder folder, LabEstate estate, LabOptions options, IReadOnlyList<ServedVCenter> vCenters, ShellDoors doors, int? sshPort, XmlDataServer? xmlData = null)
    {
        var inventory = new InventoryText(estate, options, vCenters, doors, sshPort, xmlData);
        var text = inventory.Write();
        foreach (var login in inventory.Logins)
            folder.Write(login.SecretFile, login.Password + "\n");
        foreach (var served in vCenters)
            folder.Write($"certificates/{served.VCenter.Name}.pem", served.CertificatePem + "\n");
        folder.Write("trust/certificates", Certificates(vCenters, options.Clock));
        folder.Write("trust/known_hosts", string.Concat(doors.All.Select(shell => KnownHost(shell, sshPort ?? 22) + "\n")));
        if (sshPort is { } port)
            folder.Write("ssh_config", SshConfig(folder, doors, port));
        folder.Write("opskit.yaml", text);
    }

    private static string Certificates(IReadOnlyList<ServedVCenter> vCenters, TimeProvider clock)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return string.Concat(vCenters.Select(served =>
            new CertificatePin(EndpointAddress.Format("127.0.0.1", served.Port), served.Thumbprint.ToUpperInvariant(), today, $"{served.VCenter.Name} of the lab").ToLine() + "\n"));
    }

    private static string KnownHost(LabShell shell, int port) =>
        new KnownHostsLine { Hosts = KnownHostsLine.NameOf(shell.Address.ToString(), port), Key = shell.Key.Public, Comment = shell.Name }.ToLine();

    private static string SshConfig(LabFolder folder, ShellDoors doors, int port)
    {
        var hosts = doors.All.Select(shell => $"Host {shell.Name}\n  HostName {shell.Address}\n");
        return string.Create(CultureInfo.InvariantCulture, $"""
            {string.Concat(hosts)}Host *
              Port {port}
              User {Environment.UserName}
              IdentityFile "{folder.PathOf(InventoryText.SshKeyFile)}"
              IdentitiesOnly yes
              UserKnownHostsFile "{folder.PathOf("trust/known_hosts")}"
              StrictHostKeyChecking yes

            """);
    }
}
