using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using static OpsKit.Lab.Esxi.Esxcli.Grammar.EsxcliOption;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Network;

/// <summary>The namespace <c>network firewall</c>.</summary>
internal static class FirewallCommands
{
    private static readonly EsxcliOption OneRuleset = Text("-r", "--ruleset-id", "The label of the ruleset");
    private static readonly EsxcliOption TheRuleset = OneRuleset with { Required = true };
    private static readonly EsxcliOption Address = Text("-i", "--ip-address", "Address or range, such as 10.1.0.0/16") with { Required = true };

    public static IReadOnlyList<EsxcliCommand> List { get; } =
    [
        new("network firewall", "get", "Get the firewall status.") { Reads = Firewall.Get },
        new("network firewall", "set", "Set firewall enabled status and default action.")
        {
            Options = [Boolean("-d", "--default-action", "True for PASS, false for DROP"), Boolean("-e", "--enabled", "Whether the firewall is enabled")], Writes = Firewall.Set,
        },
        new("network firewall", "refresh", "Load ruleset configuration for the firewall.") { Writes = _ => EsxcliValue.Done },
        new("network firewall ruleset", "list", "List the rulesets in the firewall.") { IsTable = true, Options = [OneRuleset], Reads = Firewall.Rulesets },
        new("network firewall ruleset", "set", "Set firewall ruleset status.")
        {
            Options = [Boolean("-a", "--allowed-all", "Whether all addresses are allowed"), Boolean("-e", "--enabled", "Whether the ruleset is enabled"), TheRuleset], Writes = Firewall.SetRuleset,
        },
        new("network firewall ruleset rule", "list", "List the rules of each ruleset in the firewall.") { IsTable = true, Options = [OneRuleset], Reads = Firewall.Rules },
        new("network firewall ruleset allowedip", "list", "List the allowed addresses of the rulesets.") { IsTable = true, Options = [OneRuleset], Reads = Firewall.AllowedAddresses },
        new("network firewall ruleset allowedip", "add", "Add an allowed address to a ruleset.") { Options = [Address, TheRuleset], Writes = Firewall.AddAddress },
        new("network firewall ruleset allowedip", "remove", "Remove an allowed address from a ruleset.") { Options = [Address, TheRuleset], Writes = Firewall.RemoveAddress },
    ];
}
