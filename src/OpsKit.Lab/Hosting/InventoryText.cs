using System.Globalization;
using System.Text;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Enclosures.XmlData;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Hosting;

/// <summary>A login of the lab and where its secret is kept.</summary>
/// <param name="Name">Its name in the inventory.</param>
/// <param name="User">User name.</param>
/// <param name="Password">The password.</param>
/// <param name="KeyFile">The private key that SSH is opened with, relative to the folder; null where the password does.</param>
internal sealed record LabLogin(string Name, string User, string Password, string? KeyFile = null)
{
    public string SecretFile => $"secrets/{Name}";
}

/// <summary>A vCenter that is served.</summary>
internal sealed record ServedVCenter(LabVCenter VCenter, int Port, string Thumbprint, string CertificatePem);

/// <summary>Writes the inventory of a lab, as an operator would.</summary>
internal sealed class InventoryText(LabEstate estate, LabOptions options, IReadOnlyList<ServedVCenter> vCenters, ShellDoors doors, int? sshPort, XmlDataServer? xmlData)
{
    public const string SshLogin = "lab-ssh";
    public const string SshKeyFile = "keys/lab-ssh";

    private readonly Dictionary<LabAccount, LabLogin> _logins = [];

    /// <summary>The logins the text refers to; after <see cref="Write"/>.</summary>
    public IEnumerable<LabLogin> Logins => _logins.Values;

    public string Write()
    {
        CollectLogins();
        var text = new StringBuilder();
        text.Append("# A simulated estate; opskit-lab writes this file anew whenever it serves.\n");
        text.Append(CultureInfo.InvariantCulture, $"# Size {options.Size.ToString().ToLowerInvariant()}, seed {options.Seed}, {options.Speed:0.##} times as fast as the real clock.\n");
        text.Append("version: 1\n\ncredentials:\n");
        foreach (var login in Logins)
            text.Append($"  {login.Name}: {{ user: {Quoted(login.User)}, {(login.KeyFile is { } key ? $"key: {key}, " : "")}password: \"file:{login.SecretFile}\" }}\n");
        if (sshPort is not null)
            text.Append($"  {SshLogin}: {{ user: {Quoted(Environment.UserName)}, key: {SshKeyFile} }}\n");

        text.Append("\nvcenters:\n");
        foreach (var served in vCenters)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {served.VCenter.Name}:\n    address: 127.0.0.1:{served.Port}\n    credential: {_logins[served.VCenter.Accounts[0]].Name}\n");
            text.Append($"    tls: {{ thumbprint: {served.Thumbprint.ToUpperInvariant()} }}\n");
        }

        if (estate.Enclosures.Count > 0)
            text.Append("\nenclosures:\n");
        foreach (var enclosure in estate.Enclosures)
            Enclosure(text, enclosure);
        text.Append("\nhosts:\n");
        foreach (var host in estate.Hosts)
            Host(text, host);
        Groups(text);
        return text.ToString();
    }

    /// <summary>The name of a host in the inventory: its DNS name's first part.</summary>
    public static string NameOf(LabHost host) => host.Name.Split('.')[0];

    private void Enclosure(StringBuilder text, LabEnclosure enclosure)
    {
        text.Append($"  {enclosure.Name}:\n    address: {enclosure.Oas[0].Address}\n");
        if (enclosure.Oas.Count > 1)
            text.Append($"    standby: {enclosure.Oas[1].Address}\n");
        if (enclosure.Accounts.Count > 0)
            text.Append($"    credential: {_logins[enclosure.Accounts[0]].Name}\n");
        Ssh(text, [.. enclosure.Oas.Select(oa => doors.At(oa.Address)).OfType<LabShell>()]);
        if (enclosure.VcAccounts.Count > 0)
        {
            text.Append($"    virtual-connect:\n      credential: {_logins[enclosure.VcAccounts[0]].Name}\n");
            Ssh(text, [.. enclosure.Interconnects.Select(module => doors.At(module.Address)).OfType<LabShell>()], "  ");
        }

        if (xmlData is not null)
            text.Append(CultureInfo.InvariantCulture, $"    https-port: {xmlData.Port}\n    tls: {{ thumbprint: {OneOrMore(enclosure.Oas.Select(oa => xmlData.ThumbprintAt(oa.Address).ToUpperInvariant()))} }}\n");
    }

    private void Host(StringBuilder text, LabHost host)
    {
        text.Append($"  {NameOf(host)}:\n    address: {host.Address}\n    vcenter: {host.VCenter.Name}\n");
        if (host.Enclosure is { } enclosure)
            text.Append($"    enclosure: {enclosure.Name}\n");
        if (host.Accounts.Count > 0)
            text.Append($"    credential: {CredentialOf(host.Accounts[0])}\n");
        Ssh(text, doors.At(host.Address) is { } shell ? [shell] : []);
    }

    private void Ssh(StringBuilder text, IReadOnlyList<LabShell> shells, string indent = "")
    {
        if (shells.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"{indent}    ssh: {{ {(sshPort is { } port ? $"port: {port}, " : "")}fingerprint: {OneOrMore(shells.Select(shell => $"\"{shell.Key.Public.Fingerprint}\""))} }}\n");
    }

    private static string OneOrMore(IEnumerable<string> values) => values.ToList() is var list && list is [var one] ? one : $"[{string.Join(", ", list)}]";

    /// <summary>A group for each cluster, so that <c>--limit</c> and selectors have something to name.</summary>
    private void Groups(StringBuilder text)
    {
        text.Append("\ngroups:\n");
        foreach (var cluster in estate.Clusters)
            text.Append($"  {cluster.Name}: [{string.Join(", ", estate.Hosts.Where(host => host.Cluster == cluster).Select(NameOf))}]\n");
    }

    private string CredentialOf(LabAccount account) => sshPort is not null ? SshLogin : _logins[account].Name;

    private void CollectLogins()
    {
        foreach (var vCenter in estate.VCenters)
            Collect(vCenter.Name, vCenter.Accounts, byKey: false);
        foreach (var enclosure in estate.Enclosures)
            Collect(enclosure.Name, enclosure.Accounts, byKey: sshPort is not null);
        foreach (var host in estate.Hosts)
            Collect("esx", host.Accounts, byKey: false);
    }

    /// <remarks>An sshd knows one user, who runs it, and no password; VCSU takes the password of that login all the same.</remarks>
    private void Collect(string owner, IEnumerable<LabAccount> accounts, bool byKey)
    {
        foreach (var account in accounts.Where(account => !_logins.ContainsKey(account)))
        {
            var name = $"{owner}-{account.User.Split('@')[0].ToLowerInvariant()}";
            while (_logins.Values.Any(login => login.Name == name))
                name += "-too";
            _logins.Add(account, byKey ? new LabLogin(name, Environment.UserName, account.Password, SshKeyFile) : new LabLogin(name, account.User, account.Password));
        }
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
