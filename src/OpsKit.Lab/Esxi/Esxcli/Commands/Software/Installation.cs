using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Esxi.Vibs;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Software;

/// <summary>Carries transactions out. What has begun goes on whether or not who asked is still there.</summary>
/// <param name="call">The command.</param>
/// <param name="title">The line above its result.</param>
internal sealed class Installation(EsxcliCall call, string title)
{
    private const int BytesPerSecond = 20_000_000;
    private static readonly TimeSpan LiveTime = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan StageTime = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan TimeOfVib = TimeSpan.FromSeconds(2);

    private LabSoftware Software => call.Host.Software;

    /// <summary>Installs, updates or removes packages.</summary>
    /// <param name="offered">Their files.</param>
    /// <param name="make">Makes a transaction of an image.</param>
    /// <param name="named">Names the image that comes of it; null for the same.</param>
    public async Task<EsxcliValue> RunAsync(IReadOnlyList<OfferedVib> offered, Func<LabImage, VibTransaction> make, Func<LabImage, LabImage>? named = null)
    {
        lock (call.Estate.Gate)
        {
            if (Software.Installation is not null)
                throw EsxupdateError.Of("LockingError", "Another instance of esxupdate is currently running.");
            Software.Installation = this;
        }

        return await WorkAsync(offered, make, named ?? (image => image)).WaitAsync(call.CancellationToken).ConfigureAwait(false);
    }

    private async Task<EsxcliValue> WorkAsync(IReadOnlyList<OfferedVib> offered, Func<LabImage, VibTransaction> make, Func<LabImage, LabImage> named)
    {
        try
        {
            var (boot, transaction, live) = call.UnderGate(_ => Plan(make));
            var packages = offered.Where(each => transaction.Installed.Contains(each.Vib)).Select(each => each.Open()).ToList();
            var checks = new InstallationChecks(call, Software);
            checks.Demand(transaction, packages, live);
            if (call.Options.Has("--dry-run"))
                return Result($"Dryrun only, host not changed. The following installers will be applied: [{Installers(transaction, live)}]", transaction.Installed.Count + transaction.Removed.Count > 0 && !live, transaction);
            if (transaction.IsEmpty)
                return Result("Host is not changed.", reboot: false, transaction);
            checks.DemandContent(packages);
            await Task.Delay(TimeFor(transaction, packages, live), call.Estate.Clock, CancellationToken.None).ConfigureAwait(false);
            return call.UnderGate(_ => Finish(boot, transaction, packages, live, named));
        }
        finally
        {
            lock (call.Estate.Gate)
            {
                // After a restart it is another's turn.
                if (Software.Installation == this)
                    Software.Installation = null;
            }
        }
    }

    /// <summary>A transaction that can go live is made of what runs; another one of what the next restart brings.</summary>
    private (DateTimeOffset Boot, VibTransaction Transaction, bool Live) Plan(Func<LabImage, VibTransaction> make)
    {
        var transaction = make(Software.Running);
        var live = transaction.CanGoLive && !call.Options.Has("--no-live-install");
        return (call.Host.BootTime, live || Software.Staged is null ? transaction : make(Software.Staged), live);
    }

    private EsxcliRecord Finish(DateTimeOffset boot, VibTransaction transaction, List<VibPackage> packages, bool live, Func<LabImage, LabImage> named)
    {
        if (call.Host.BootTime != boot || !call.Host.PoweredOn)
            throw new EsxcliException("Connection with the host was lost.");
        var now = call.Estate.Clock.GetUtcNow();
        var signed = packages.ToDictionary(package => package.Vib.Id, package => package.Vib.Signed, StringComparer.Ordinal);
        var vibs = transaction.Result.Select(vib => transaction.Installed.Contains(vib) ? vib with { Installed = now, Signed = signed.GetValueOrDefault(vib.Id) } : vib);
        if (live)
        {
            Software.Running = named(Software.Running.With(vibs, now));
        }
        else
        {
            Software.Staged = named((Software.Staged ?? Software.Running).With(vibs, now));
            call.Host.RebootRequired = true;
        }

        call.Estate.Touch(call.Host);
        return Result(
            live ? "Operation finished successfully." : "The update completed successfully, but the system needs to be rebooted for the changes to be effective.", reboot: !live, transaction);
    }

    /// <summary>Since 8.0 the need of a restart comes last, with the data processing units.</summary>
    private EsxcliRecord Result(string message, bool reboot, VibTransaction transaction)
    {
        EsxcliField restart = ("Reboot Required", reboot);
        EsxcliField[] vibs =
        [
            ("VIBs Installed", Ids(transaction.Installed)), ("VIBs Removed", Ids(transaction.Removed)), ("VIBs Skipped", Ids(transaction.Skipped)),
        ];
        return new EsxcliRecord(
            "InstallationResult", title, call.IsAtLeast(8) ? [("Message", message), .. vibs, restart, ("DPU Results", "")] : [("Message", message), restart, .. vibs]);
    }

    private static EsxcliList Ids(IEnumerable<LabVib> vibs) => EsxcliList.OfText(vibs.Select(vib => vib.Id));

    private static string Installers(VibTransaction transaction, bool live)
    {
        var changed = transaction.Installed.Concat(transaction.Removed).ToList();
        List<string> installers = live ? ["LiveImageInstaller", "BootBankInstaller"] : ["BootBankInstaller"];
        if (changed.Exists(vib => vib.Type == "locker"))
            installers.Add("LockerInstaller");
        return string.Join(", ", installers);
    }

    private static TimeSpan TimeFor(VibTransaction transaction, List<VibPackage> packages, bool live) =>
        (live ? LiveTime : StageTime) + (TimeOfVib * (transaction.Installed.Count + transaction.Removed.Count)) + TimeSpan.FromSeconds(packages.Sum(package => (double)package.Bytes) / BytesPerSecond);
}
