using System.Net;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;

namespace OpsKit.Lab.Network;

/// <summary>
/// The network of the estate: modules that go and come, hosts that change over to another uplink or go dark, and what that makes of every address at any
/// lab time. Sets <see cref="LabPNic.LinkUp"/> and <see cref="LabInterconnect.State"/>.
/// </summary>
internal sealed class LabNetwork : IAsyncDisposable
{
    private readonly LabEstate _estate;
    private readonly FaultList? _faults;
    private readonly Dictionary<LabInterconnect, ModuleTimeline> _timelines = [];
    private readonly Dictionary<LabInterconnect, TimeSpan> _boots = [];
    private readonly Dictionary<object, (TimeSpan From, TimeSpan Until)> _away = [];
    private readonly HostPaths _paths;
    private readonly AddressBook _addresses;
    private readonly Lock _timerGate = new();
    private NetworkListeners? _listeners;
    private ITimer? _timer;
    private bool _disposed;

    public LabNetwork(LabEstate estate, FaultList? faults = null)
    {
        _estate = estate;
        _faults = faults;
        _paths = new HostPaths(_timelines);
        _addresses = new AddressBook(estate);
        lock (estate.Gate)
        {
            foreach (var module in estate.Enclosures.SelectMany(enclosure => enclosure.Interconnects))
                _timelines.Add(module, new ModuleTimeline(module.PoweredOn ? module.State : LabModuleState.LinksDown));
            Apply();
        }
    }

    /// <summary>The TCP port at which VMkernel and machine addresses take connections while they are reachable; 0 before <see cref="StartAsync"/>.</summary>
    public int ProbePort => _listeners?.Port ?? 0;

    private TimeSpan Now => _estate.Clock.Elapsed;

    /// <summary>
    /// Opens the probe port. On large estates it is open at a sample of the machines; where an address is not among them, <see cref="LabProbe"/> still knows.
    /// ICMP to 127/8 is answered by the kernel whatever the lab's network does: it tells nothing here.
    /// </summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        List<IPAddress> addresses;
        lock (_estate.Gate)
            addresses = NetworkListeners.Sample(_estate);
        _listeners = NetworkListeners.Open(addresses, IsReachable, _estate.Clock.Real, cancellationToken);
        return Task.CompletedTask;
    }

    /// <summary>Whether what is at an address answers now. An address nobody has does not.</summary>
    public bool IsReachable(IPAddress address)
    {
        lock (_estate.Gate)
        {
            if (_addresses.OwnerOf(address) is not { } owner)
                return false;
            if (_faults is not null && (IsLost(address.ToString()) || IsLost(AddressBook.NameOf(owner))))
                return false;
            var now = Now;
            return owner switch
            {
                VmkOfHost vmk => _paths.Delivers(vmk.Host, vmk.Vmk.PortGroup, vmk.Vmk.Mac + vmk.Vmk.Device, now),
                LabMachine machine => machine.PowerState == "poweredOn" && now >= machine.StunnedUntil && machine.Nics is [{ Connected: true } nic, ..] && _paths.Delivers(machine.Host, nic.PortGroup, nic.Mac, now),
                ModuleOfEnclosure module => _timelines[module.Module].At(now) == LabModuleState.Forwarding,
                LabOa oa => !IsAway(oa, now),
                IloOfHost ilo => !IsAway(ilo.Host, now),
                _ => false,
            };
        }
    }

    /// <summary>How a module stands for traffic now.</summary>
    public LabModuleState StateOf(LabInterconnect module)
    {
        lock (_estate.Gate)
            return _timelines[module].At(Now);
    }

    /// <summary>How a module stands as its Onboard Administrator shows it, which is late: <see cref="NetworkTimes.OaLag"/>.</summary>
    public LabModuleState SeenByOa(LabInterconnect module)
    {
        lock (_estate.Gate)
            return _timelines[module].At(Now - NetworkTimes.OaLag);
    }

    /// <summary>Whether a module that was started should be back and is not.</summary>
    public bool IsStuck(LabInterconnect module)
    {
        lock (_estate.Gate)
        {
            var timeline = _timelines[module];
            return module.PoweredOn && timeline.At(Now) == LabModuleState.LinksDown && !_boots.ContainsKey(module) && Now - timeline.Since(Now) > module.BootTime;
        }
    }

    /// <summary>Resets a module as the Onboard Administrator does: links drop at once, a staged firmware runs when it is back.</summary>
    public void Reset(LabEnclosure enclosure, LabInterconnect module) => Restart(enclosure, module, TimeSpan.Zero, "RESET");

    /// <summary>
    /// Restarts a module as an activation of firmware does: links stay up while nothing is forwarded (<see cref="NetworkTimes.Silence"/>), then they drop
    /// until it is back.
    /// </summary>
    public void RestartGracefully(LabEnclosure enclosure, LabInterconnect module) => Restart(enclosure, module, NetworkTimes.Silence(module), "ACTIVATE");

    /// <summary>Cuts or gives a module's power.</summary>
    public void SetPower(LabEnclosure enclosure, LabInterconnect module, bool on)
    {
        lock (_estate.Gate)
        {
            if (module.PoweredOn == on)
                return;
            module.PoweredOn = on;
            _estate.Touch(enclosure);
        }

        if (on)
        {
            Restart(enclosure, module, TimeSpan.Zero, "POWERON");
            return;
        }

        lock (_estate.Gate)
        {
            _boots.Remove(module);
            _timelines[module].Decide((Now, LabModuleState.LinksDown));
            LeaveRole(enclosure, module);
        }

        Settle();
    }

    /// <summary>Takes an Onboard Administrator, or the iLO of a host, off the network for a while.</summary>
    public void TakeAway(object managementProcessor, TimeSpan delay, TimeSpan span)
    {
        lock (_estate.Gate)
            _away[managementProcessor] = (Now + delay, Now + delay + span);
        Settle();
    }

    /// <summary>Puts everything as it stands now, and sets the timer for the next change.</summary>
    public void Settle()
    {
        TimeSpan? next;
        lock (_estate.Gate)
            next = Apply();
        _listeners?.Refresh();

        // A timer may be early by a rounding of the clock; the next one then comes a moment later, not at once.
        var least = TimeSpan.FromMilliseconds(1) * _estate.Clock.Speed;
        if (next < least)
            next = least;
        lock (_timerGate)
        {
            _timer?.Dispose();
            _timer = next is { } span && !_disposed ? _estate.Clock.CreateTimer(_ => Settle(), null, span, Timeout.InfiniteTimeSpan) : null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_timerGate)
        {
            _disposed = true;
            _timer?.Dispose();
        }

        if (_listeners is not null)
            await _listeners.DisposeAsync().ConfigureAwait(false);
    }

    private void Restart(LabEnclosure enclosure, LabInterconnect module, TimeSpan silence, string how)
    {
        var staysDown = _faults?.Next(enclosure.Name, $"{how} INTERCONNECT {module.Bay}", FaultKind.ModuleStaysDown) is not null;
        lock (_estate.Gate)
        {
            var now = Now;
            var back = now + silence + module.BootTime;
            var timeline = _timelines[module];
            if (silence > TimeSpan.Zero && timeline.At(now) == LabModuleState.Forwarding)
                timeline.Decide((now, LabModuleState.SilentlyDown), (now + silence, LabModuleState.LinksDown), (back, LabModuleState.Forwarding));
            else
                timeline.Decide((now, LabModuleState.LinksDown), (back, LabModuleState.Forwarding));
            if (staysDown)
            {
                timeline.Decide((back, LabModuleState.LinksDown));
                _boots.Remove(module);
            }
            else
            {
                _boots[module] = back;
            }

            LeaveRole(enclosure, module);
        }

        Settle();
    }

    /// <summary>Another module of the enclosure takes Virtual Connect Manager over, where one is up.</summary>
    private void LeaveRole(LabEnclosure enclosure, LabInterconnect module)
    {
        if (!module.IsPrimary || enclosure.Interconnects.Find(other => other != module && other.Ethernet && _timelines[other].At(Now) == LabModuleState.Forwarding) is not { } successor)
            return;
        (module.IsPrimary, successor.IsPrimary) = (false, true);
        _estate.Touch(enclosure);
    }

    /// <returns>How long until something changes; null where nothing is decided.</returns>
    private TimeSpan? Apply()
    {
        var now = Now;
        foreach (var (module, back) in _boots.Where(boot => boot.Value <= now).ToList())
        {
            _boots.Remove(module);
            if (module.StagedFirmware is { } staged)
                (module.Firmware, module.StagedFirmware) = (staged, null);
        }

        foreach (var enclosure in _estate.Enclosures)
        {
            var changed = false;
            foreach (var module in enclosure.Interconnects)
            {
                var state = _timelines[module].At(now);
                changed |= state != module.State;
                module.State = state;
            }

            if (changed)
                _estate.Touch(enclosure);
        }

        foreach (var host in _estate.Hosts)
            ApplyLinks(host, now);
        return Next(now) - now;
    }

    private void ApplyLinks(LabHost host, TimeSpan now)
    {
        var changed = false;
        foreach (var nic in host.PNics)
        {
            var up = _paths.LinkUp(host, nic, now);
            changed |= up != nic.LinkUp;
            nic.LinkUp = up;
        }

        if (changed)
            _estate.Touch(host);
    }

    private TimeSpan? Next(TimeSpan now)
    {
        var horizon = now + TimeSpan.FromDays(1);
        var longest = NetworkTimes.OaLag;
        var moments = _timelines.Values
            .SelectMany(timeline => timeline.Changes(now - longest, horizon))
            .SelectMany(change => new[] { change, change + NetworkTimes.Failover, change + NetworkTimes.BeaconDetection })
            .Concat(_away.Values.SelectMany(away => new[] { away.From, away.Until }))
            .Where(moment => moment > now)
            .ToList();
        return moments.Count > 0 ? moments.Min() : null;
    }

    private bool IsAway(object managementProcessor, TimeSpan now) => _away.TryGetValue(managementProcessor, out var away) && now >= away.From && now < away.Until;

    /// <summary>By its whole name or by the first part of it, which is what inventories call hosts.</summary>
    private bool IsLost(string name) => name.Length > 0
        && (_faults!.Standing(FaultKind.PingLoss, name) is not null || (!IPAddress.TryParse(name, out _) && _faults.Standing(FaultKind.PingLoss, name.Split('.')[0]) is not null));
}
