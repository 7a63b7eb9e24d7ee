using System.Net;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Network;

/// <summary>The firewall and its rule sets.</summary>
internal static class Firewall
{
    public static EsxcliValue Get(EsxcliCall call) =>
        new EsxcliRecord("Firewall", ("Default Action", call.Host.FirewallDrops ? "DROP" : "PASS"), ("Enabled", call.Host.FirewallEnabled), ("Loaded", true));

    public static EsxcliValue Set(EsxcliCall call)
    {
        call.Host.FirewallDrops = !call.Options.Boolean("--default-action") ?? call.Host.FirewallDrops;
        call.Host.FirewallEnabled = call.Options.Boolean("--enabled") ?? call.Host.FirewallEnabled;
        return EsxcliValue.Done;
    }

    public static EsxcliValue Rulesets(EsxcliCall call) =>
        EsxcliList.OfRecords(Chosen(call).Select(ruleset => new EsxcliRecord("Ruleset", ("Name", ruleset.Key!), ("Enabled", ruleset.Enabled == true))));

    public static EsxcliValue Rules(EsxcliCall call) => EsxcliList.OfRecords(Chosen(call).SelectMany(ruleset => ruleset.Rule.Select(rule => new EsxcliRecord(
        "Rule", ("Ruleset", ruleset.Key!), ("Direction", rule.Direction == HostFirewallRuleDirection.Inbound ? "Inbound" : "Outbound"), ("Protocol", rule.Protocol!.ToUpperInvariant()),
        ("Port Type", rule.PortType == HostFirewallRulePortType.Src ? "Src" : "Dst"), ("Port Begin", rule.Port ?? 0), ("Port End", rule.EndPort ?? rule.Port ?? 0)))));

    public static EsxcliValue AllowedAddresses(EsxcliCall call) => EsxcliList.OfRecords(Chosen(call).Select(ruleset => new EsxcliRecord(
        "AllowedIP", ("Ruleset", ruleset.Key!), ("Allowed IP Addresses", EsxcliList.OfText(call.Host.AllowedHosts.TryGetValue(ruleset.Key!, out var allowed) ? allowed : ["All"])))));

    public static EsxcliValue SetRuleset(EsxcliCall call)
    {
        var ruleset = One(call);
        var (enabled, all) = (call.Options.Boolean("--enabled"), call.Options.Boolean("--allowed-all"));
        if (enabled is null && all is null)
            throw new EsxcliException("Invalid operation requested: one of --enabled and --allowed-all is needed");
        if (enabled == false && ruleset.Required == true)
            throw new EsxcliException($"Invalid operation requested: Ruleset {ruleset.Key} is required and cannot be disabled");
        call.Host.Rulesets[ruleset.Key!] = enabled ?? call.Host.Rulesets[ruleset.Key!];
        if (all == true)
            call.Host.AllowedHosts.Remove(ruleset.Key!);
        else if (all == false)
            call.Host.AllowedHosts.TryAdd(ruleset.Key!, []);
        return EsxcliValue.Done;
    }

    public static EsxcliValue AddAddress(EsxcliCall call)
    {
        var (key, address) = (One(call).Key!, call.Options.Text("--ip-address")!);
        if (!IPAddress.TryParse(address, out _) && !IPNetwork.TryParse(address, out _))
            throw new EsxcliException($"Invalid IP address or network: {address}");
        if (!call.Host.AllowedHosts.TryGetValue(key, out var allowed))
            throw new EsxcliException($"Invalid operation requested: allowed-all of ruleset {key} is true, set it to false first");
        if (allowed.Contains(address))
            throw new EsxcliException($"{address} already exists in ruleset {key}");
        call.Host.AllowedHosts[key] = [.. allowed, address];
        return EsxcliValue.Done;
    }

    public static EsxcliValue RemoveAddress(EsxcliCall call)
    {
        var (key, address) = (One(call).Key!, call.Options.Text("--ip-address")!);
        if (!call.Host.AllowedHosts.TryGetValue(key, out var allowed) || !allowed.Contains(address))
            throw new EsxcliException($"{address} does not exist in ruleset {key}");
        call.Host.AllowedHosts[key] = [.. allowed.Where(each => each != address)];
        return EsxcliValue.Done;
    }

    private static HostFirewallRuleset One(EsxcliCall call) => Chosen(call).First();

    private static IEnumerable<HostFirewallRuleset> Chosen(EsxcliCall call)
    {
        var rulesets = HostFirewalls.Info(call.Host).Ruleset;
        return call.Options.Text("--ruleset-id") is not { } id ? rulesets
            : rulesets.FirstOrDefault(ruleset => ruleset.Key == id) is { } found ? [found]
            : throw new EsxcliException($"Invalid ruleset id: {id}");
    }
}
