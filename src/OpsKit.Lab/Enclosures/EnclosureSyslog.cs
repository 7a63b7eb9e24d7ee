using System.Globalization;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures;

/// <summary>What an Onboard Administrator writes down: what was done, and interconnect modules that go and come.</summary>
internal sealed class EnclosureSyslog : IDisposable
{
    private const int MostLines = 500;

    private readonly LabEstate _estate;
    private readonly LabEnclosure _enclosure;
    private readonly Queue<string> _lines = new();
    private readonly Dictionary<LabInterconnect, LabModuleState> _known;

    public EnclosureSyslog(LabEstate estate, LabEnclosure enclosure)
    {
        (_estate, _enclosure) = (estate, enclosure);
        lock (estate.Gate)
        {
            _known = enclosure.Interconnects.ToDictionary(module => module, module => module.State);
            Add("Onboard Administrator is booting");
            Add("Enclosure Status changed from Unknown to OK.");
        }

        estate.Changed += Look;
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_estate.Gate)
                return [.. _lines];
        }
    }

    public void Add(string text)
    {
        lock (_estate.Gate)
        {
            _lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{_estate.Clock.GetUtcNow():MMM dd HH:mm:ss}  OA: {text}"));
            if (_lines.Count > MostLines)
                _lines.Dequeue();
        }
    }

    public void Dispose() => _estate.Changed -= Look;

    private void Look(object thing)
    {
        if (thing != _enclosure)
            return;
        foreach (var module in _enclosure.Interconnects.Where(module => _known[module] != module.State).ToList())
        {
            var (before, now) = (_known[module], module.State);
            _known[module] = now;
            if (now == LabModuleState.Forwarding)
                Add($"Interconnect Tray #{module.Bay} Status changed from Degraded to OK.");
            else if (before == LabModuleState.Forwarding)
                Add($"Interconnect Tray #{module.Bay} is restarting.");
        }
    }
}
