using System.Globalization;
using OpsKit.Lab.Enclosures.VirtualConnect;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.Vcsu;

/// <summary>One run of the utility against the lab.</summary>
/// <param name="sites">The enclosures there are.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="options">What is asked for.</param>
/// <param name="say">Shows text as it comes.</param>
internal sealed class VcsuRun(IReadOnlyList<EnclosureSite> sites, FaultList faults, VcsuOptions options, Func<string, CancellationToken, Task> say)
{
    public const int Succeeded = 0, Failed = 1;

    private static readonly TimeSpan Discovery = TimeSpan.FromSeconds(20);

    /// <summary>A file the run gives to whoever called it; null for none.</summary>
    public VcsuFile? File { get; private set; }

    /// <summary>Runs the action.</summary>
    /// <param name="agreed">Whether the update was agreed to already; its report is then not shown again.</param>
    /// <param name="cancellationToken">Stops it where it is: no module is activated any more.</param>
    /// <returns>The exit code; null where the question is to be asked first.</returns>
    public async Task<int?> RunAsync(bool agreed, CancellationToken cancellationToken)
    {
        if (options.NeedsPackage && options.PackageVersion is null && !(options.Action == "report" && options.Package.Length == 0))
            return await FailAsync("Invalid firmware package: no version in its name", cancellationToken).ConfigureAwait(false);
        if (options.Action == "packageinfo")
        {
            await say($"\nPackage: {options.Package}\nVirtual Connect firmware version: {options.PackageVersion}\n", cancellationToken).ConfigureAwait(false);
            return Succeeded;
        }

        if (!agreed)
            await say("\nInitializing, Please wait...\n", cancellationToken).ConfigureAwait(false);
        var (site, error) = VcsuTarget.Find(sites, options);
        if (site is null)
            return await FailAsync(error!, cancellationToken).ConfigureAwait(false);
        if (!agreed)
            await Task.Delay(Discovery, site.Clock, cancellationToken).ConfigureAwait(false);
        if (options.Action is "update")
            return await new VcsuUpdate(site, faults, options, say).RunAsync(agreed || options.Quiet, agreed, cancellationToken).ConfigureAwait(false);

        var kind = options.Action == "resetvcm" ? OperationKind.Change : OperationKind.Query;
        site.Log.Add(site.Enclosure.Name, $"vcsu {options.Action}", kind, "", $"vcsu -a {options.Action} by {options.User}");
        return await LookAsync(site, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> LookAsync(EnclosureSite site, CancellationToken cancellationToken)
    {
        string text;
        string? error = null;
        lock (site.Estate.Gate)
        {
            var domain = new VcDomain(site);
            var modules = domain.Modules.Select(module => (module, domain.IsAway(module) ? "Unknown" : module.Firmware, options.PackageVersion));
            text = options.Action switch
            {
                "healthcheck" => Health(domain, out error),
                "resetvcm" => ResetManager(site, domain, out error),
                "configbackup" => Give($"vcConfig_{site.Enclosure.VcDomain}", Configuration(domain)),
                "supportdump" or "collect" => Give($"vcSupportDump_{site.Enclosure.VcDomain}", Configuration(domain) + string.Join('\n', site.Syslog.Lines) + "\n"),
                _ => VcsuTexts.Target(site.Enclosure, modules),
            };
        }

        await say(text, cancellationToken).ConfigureAwait(false);
        return error is null ? Succeeded : await FailAsync(error, cancellationToken).ConfigureAwait(false);
    }

    private static string Health(VcDomain domain, out string? error)
    {
        var text = $"\nVC Domain : {domain.Enclosure.VcDomain}\nStatus    : {domain.Status}\n";
        foreach (var module in domain.Modules)
        {
            var away = domain.IsAway(module);
            text += $"\nBay {module.Bay} : {module.ProductName}\n" + VcTable.Facts(
            [
                ("  Power", module.PoweredOn ? "On" : "Off"), ("  Health", away ? "Unknown" : module.Health), ("  IP Address", module.Address.ToString()),
                ("  Version", away ? "Unknown" : module.Firmware), ("  Domain Configured", "Yes"), ("  In-Sync", away ? "No" : "Yes"),
                ("  Path Redundancy", domain.Modules.Any(other => other != module && !domain.IsAway(other)) && !away ? "OK" : "Failed"),
            ]);
        }

        var complaints = domain.Modules.Select(module => (module, Why: VcsuTarget.Complaint(domain, module))).Where(each => each.Why is not null).Select(each => $"the module in bay {each.module.Bay} {each.Why}").ToList();
        error = complaints.Count > 0 ? "The Virtual Connect domain is not healthy: " + string.Join(", ", complaints) : null;
        return text + (error is null ? "\nThe Virtual Connect domain is healthy.\n" : "\n");
    }

    private static string ResetManager(EnclosureSite site, VcDomain domain, out string? error)
    {
        var primary = site.Enclosure.Interconnects.Find(module => module.IsPrimary);
        var other = domain.Modules.FirstOrDefault(module => !module.IsPrimary && module.Ethernet && !domain.IsAway(module));
        error = primary is null || other is null ? "No standby module is available" : null;
        if (error is not null)
            return "\n";
        (primary!.IsPrimary, other!.IsPrimary) = (false, true);
        site.Estate.Touch(site.Enclosure);
        return $"\nThe Virtual Connect Manager runs on the module in bay {other.Bay} now.\n";
    }

    private string Give(string name, string content)
    {
        File = new VcsuFile(name + ".txt", content);
        return $"\n{File.Name} was written.\n";
    }

    private static string Configuration(VcDomain domain) => string.Concat(VcQueries.All.Where(query => query.Key is not "version").Select(query => $"show {query.Key}\n{query.Value(domain, "*")}\n"));

    private async Task<int> FailAsync(string error, CancellationToken cancellationToken)
    {
        await say(string.Create(CultureInfo.InvariantCulture, $"\nERROR: {error}\n"), cancellationToken).ConfigureAwait(false);
        return Failed;
    }
}

/// <summary>A file the utility leaves in its working folder.</summary>
internal sealed record VcsuFile(string Name, string Content);
