using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Firewall, services, PCI passthrough, advanced options and network hints of hosts.</summary>
internal sealed class HostConfiguration(OperationContext context)
{
    public static void Register(LabOperations operations, OperationContext context)
    {
        var family = new HostConfiguration(context);
        operations.Add<EnableRulesetRequest>("EnableRuleset", (_, request) => family.Ruleset(request, request.Id, enabled: true));
        operations.Add<DisableRulesetRequest>("DisableRuleset", (_, request) => family.Ruleset(request, request.Id, enabled: false));
        operations.Add<UpdateRulesetRequest>("UpdateRuleset", (_, request) => family.AllowedHosts(request));
        operations.Add<RefreshFirewallRequest>("RefreshFirewall", (_, request) => family.Refresh(request));
        operations.Add<StartServiceRequest>("StartService", (_, request) => family.Service(request, request.Id, running: true));
        operations.Add<StopServiceRequest>("StopService", (_, request) => family.Service(request, request.Id, running: false));
        operations.Add<RestartServiceRequest>("RestartService", (_, request) => family.Service(request, request.Id, running: true, mayRun: true));
        operations.Add<RefreshServicesRequest>("RefreshServices", (_, request) => family.Refresh(request));
        operations.Add<RefreshNetworkSystemRequest>("RefreshNetworkSystem", (_, request) => family.Refresh(request));
        operations.Add<RefreshRequest>("Refresh", (_, request) => family.Refresh(request));
        operations.Add<UpdatePassthruConfigRequest>("UpdatePassthruConfig", (_, request) => family.Passthrough(request));
        operations.Add<QueryNetworkHintRequest>("QueryNetworkHint", (_, request) => family.Hints(request));
        operations.Add<QueryOptionsRequest>("QueryOptions", (_, request) => family.Options(request));
        operations.Add<UpdateOptionsRequest>("UpdateOptions", family.SetOptions);
    }

    private LabHost Connected(ManagedObjectReference system)
    {
        var host = context.HostOf(system);
        OperationContext.DemandConnected(host);
        return host;
    }

    private object? Refresh(VimRequest request)
    {
        context.Estate.Touch(Connected(request.Self));
        return null;
    }

    private object? Ruleset(VimRequest request, string? id, bool enabled)
    {
        var host = Connected(request.Self);
        if (id is null || !host.Rulesets.ContainsKey(id))
            throw OperationFaults.NotFound($"rule set {id}");
        if (!enabled && id is ("vpxHeartbeats" or "vSphereClient"))
            throw new LabFaultException(new HostConfigFault(), $"An error occurred during host configuration: rule set {id} is required.");
        host.Rulesets[id] = enabled;
        context.Estate.Touch(host);
        return null;
    }

    private object? AllowedHosts(UpdateRulesetRequest request)
    {
        var host = Connected(request.Self);
        if (request.Id is null || !host.Rulesets.ContainsKey(request.Id))
            throw OperationFaults.NotFound($"rule set {request.Id}");
        var list = request.Spec?.AllowedHosts ?? throw OperationFaults.InvalidArgument("spec.allowedHosts");
        if (list.AllIp == true && list.IpAddress.Count + list.IpNetwork.Count > 0)
            throw OperationFaults.InvalidArgument("spec.allowedHosts.allIp");
        if (list.IpAddress.Any(address => !System.Net.IPAddress.TryParse(address, out _)))
            throw OperationFaults.InvalidArgument("spec.allowedHosts.ipAddress");
        if (list.AllIp == true)
            host.AllowedHosts.Remove(request.Id);
        else
            host.AllowedHosts[request.Id] = [.. list.IpAddress, .. list.IpNetwork.Select(network => $"{network.Network}/{network.PrefixLength}")];
        context.Estate.Touch(host);
        return null;
    }

    private object? Service(VimRequest request, string? id, bool running, bool mayRun = false)
    {
        var host = Connected(request.Self);
        if (id is null || !host.Services.TryGetValue(id, out var runs))
            throw OperationFaults.NotFound($"service {id}");
        if (runs == running && !mayRun)
            throw OperationFaults.InvalidState();
        host.Services[id] = running;
        context.Estate.Touch(host);
        return null;
    }

    /// <summary>Takes effect with the next restart; at once where the host can rebind devices and the caller asks for it.</summary>
    private object? Passthrough(UpdatePassthruConfigRequest request)
    {
        var host = Connected(request.Self);
        var changes = request.Config.Select(config => (config, nic: host.PNics.Find(nic => nic.Pci == config.Id))).ToList();
        if (changes.Find(change => change.nic is null).config is { } unknown)
            throw OperationFaults.InvalidArgument($"config.id: {unknown.Id}");
        foreach (var (config, nic) in changes)
        {
            if (config.PassthruEnabled == true && !nic!.PassthroughCapable)
                throw new LabFaultException(new HostConfigFault(), $"An error occurred during host configuration: device {config.Id} is not capable of passthrough.");
            if (config.PassthruEnabled == true && host.VSwitches.Exists(vswitch => vswitch.Active.Contains(nic!.Device) || vswitch.Standby.Contains(nic.Device)))
                throw new LabFaultException(new ResourceInUse { Type = "PhysicalNic", Name = nic!.Device }, $"The resource '{nic.Device}' is in use.");
        }

        foreach (var (config, nic) in changes)
        {
            nic!.PassthroughEnabled = config.PassthruEnabled == true;
            if (HostSettings.Major(host) > 6 && config.ApplyNow != false)
                nic.PassthroughActive = nic.PassthroughEnabled;
            else
                host.RebootRequired |= nic.PassthroughActive != nic.PassthroughEnabled;
        }

        context.Estate.Touch(host);
        return null;
    }

    private List<PhysicalNicHintInfo> Hints(QueryNetworkHintRequest request)
    {
        var host = Connected(request.Self);
        var nics = host.PNics.Where(nic => !nic.PassthroughActive).ToList();
        var asked = request.Device.Count == 0 ? nics : [.. request.Device.Select(device => nics.Find(nic => nic.Device == device) ?? throw OperationFaults.NotFound(device))];
        return asked.Count != 1 && context.HintsOneByOne(host) ? [] : [.. asked.Select(nic => HostNetworkHints.Of(host, nic))];
    }

    /// <summary>An option by its name, or all of a branch where the name ends with a dot.</summary>
    private List<OptionValue> Options(QueryOptionsRequest request)
    {
        var all = (context.Inventory.Resolve(request.Self.Value) as ManagerPlace)?.Host is { } host ? HostConfig.Options(host) : ViewOfManagers.Settings(context.Inventory);
        if (request.Name is not { Length: > 0 } name)
            return [.. all];
        var found = all.Where(option => name.EndsWith('.') ? option.Key!.StartsWith(name, StringComparison.Ordinal) : option.Key == name).ToList();
        return found.Count > 0 ? found : throw new LabFaultException(new InvalidName { Name = name }, $"The name '{name}' is invalid.");
    }

    private object? SetOptions(LabCall call, UpdateOptionsRequest request)
    {
        var host = Connected(request.Self);
        OperationContext.Demand(call, host.Reference(), "Host.Config.AdvancedConfig");
        foreach (var option in request.ChangedValue)
        {
            if (option.Key is null || !host.Options.TryGetValue(option.Key, out var old))
                throw new LabFaultException(new InvalidName { Name = option.Key ?? "" }, $"The name '{option.Key}' is invalid.");
            if (option.Value is null || (old is string) != (option.Value is string))
                throw OperationFaults.InvalidArgument(option.Key);
        }

        foreach (var option in request.ChangedValue)
            host.Options[option.Key!] = option.Value is string ? option.Value : Convert.ToInt64(option.Value, System.Globalization.CultureInfo.InvariantCulture);
        context.Estate.Touch(host);
        return null;
    }
}
