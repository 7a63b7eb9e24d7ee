using OpsKit.Lab.Estate;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Enclosures;

/// <summary>The Onboard Administrators of an enclosure: one is active, the other stands by; roles change hands in a while during which neither is active.</summary>
internal sealed class OaPair(EnclosureSite site) : IDisposable
{
    private static readonly TimeSpan GoingDown = TimeSpan.FromSeconds(1);

    private readonly Dictionary<LabOa, CancellationTokenSource> _sessions = site.Enclosure.Oas.ToDictionary(oa => oa, _ => new CancellationTokenSource());
    private readonly Lock _gate = new();

    /// <summary>Ends when the sessions with an Onboard Administrator break.</summary>
    public CancellationToken SessionsOf(LabOa oa)
    {
        lock (_gate)
            return _sessions[oa].Token;
    }

    /// <summary>The other one, where it could take over.</summary>
    public LabOa? PartnerOf(LabOa oa) => site.Enclosure.Oas.Find(other => other != oa && site.Network.IsReachable(other.Address));

    /// <summary>The active one restarts and its partner takes its role.</summary>
    public void TakeOver(LabOa active, LabOa partner)
    {
        lock (site.Estate.Gate)
        {
            active.Active = false;
            site.Estate.Touch(site.Enclosure);
        }

        site.Syslog.Add($"Onboard Administrator in bay {partner.Bay} takes over.");
        site.Begin(async stop =>
        {
            await Task.Delay(NetworkTimes.OaTakeover, site.Clock, stop).ConfigureAwait(false);
            lock (site.Estate.Gate)
            {
                partner.Active = true;
                site.Estate.Touch(site.Enclosure);
            }
        });
        GoAway(active);
    }

    /// <summary>Restarts one; where it is active and its partner is up, roles change.</summary>
    public void Restart(LabOa oa)
    {
        if (oa.Active && PartnerOf(oa) is { } partner)
            TakeOver(oa, partner);
        else
            GoAway(oa);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var sessions in _sessions.Values)
                sessions.Dispose();
        }
    }

    private void GoAway(LabOa oa)
    {
        site.Network.TakeAway(oa, GoingDown, NetworkTimes.OaRestart);
        site.Begin(async stop =>
        {
            await Task.Delay(GoingDown, site.Clock, stop).ConfigureAwait(false);
            CancellationTokenSource broken;
            lock (_gate)
            {
                broken = _sessions[oa];
                _sessions[oa] = new CancellationTokenSource();
            }

            await broken.CancelAsync().ConfigureAwait(false);
            broken.Dispose();
        });
    }
}
