using OpsKit.Lab.Enclosures.VirtualConnect;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Vim25;

namespace OpsKit.Lab.Enclosures.Vcsu;

/// <summary>
/// Writes firmware to all modules at once, then activates it in an order: each module restarts gracefully, so that it forwards nothing for a while with its
/// links up. With <c>manual</c> nothing is activated.
/// </summary>
internal sealed class VcsuUpdate(EnclosureSite site, FaultList faults, VcsuOptions options, Func<string, CancellationToken, Task> say)
{
    public const string Writing = "vcsu update";
    public const string Activating = "vcsu activate";

    private static readonly TimeSpan WritingTime = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Dot = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestBoot = TimeSpan.FromMinutes(15);

    private readonly VcDomain _domain = new(site);

    /// <summary>Runs it.</summary>
    /// <param name="agreed">Whether it may go on after the report.</param>
    /// <param name="again">Whether the report was shown already.</param>
    /// <param name="cancellationToken">Stops it where it is.</param>
    /// <returns>The exit code; null where it waits to be agreed to.</returns>
    public async Task<int?> RunAsync(bool agreed, bool again, CancellationToken cancellationToken)
    {
        var version = options.PackageVersion!;
        List<LabInterconnect> modules;
        string report;
        string? complaint;
        lock (site.Estate.Gate)
        {
            modules = [.. _domain.Modules.Where(module => module.Firmware != version)];
            complaint = _domain.Modules.Select(module => VcsuTarget.Complaint(_domain, module) is { } why ? $"the module in bay {module.Bay} {why}" : null).FirstOrDefault(each => each is not null);
            report = VcsuTexts.Target(site.Enclosure, _domain.Modules.Select(module => (module, _domain.IsAway(module) ? "Unknown" : module.Firmware, modules.Contains(module) ? version : null)));
            modules.RemoveAll(_domain.IsAway);
        }

        if (!again)
            await say(report, cancellationToken).ConfigureAwait(false);
        if (complaint is not null && !options.ForceHealth)
            return await FailAsync($"The Virtual Connect domain is not healthy: {complaint}", cancellationToken).ConfigureAwait(false);
        if (modules.Count == 0)
        {
            await say($"All modules run version {version} already. No update is needed.\n", cancellationToken).ConfigureAwait(false);
            return VcsuRun.Succeeded;
        }

        if (!again)
            await say(VcsuTexts.Warning.ReplaceLineEndings("\n"), cancellationToken).ConfigureAwait(false);
        if (!agreed)
            return null;
        if (await WriteAsync(modules, version, cancellationToken).ConfigureAwait(false) is { } failed)
            return await FailAsync(failed, cancellationToken).ConfigureAwait(false);
        return await ActivateAsync(modules, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes to all modules at the same time; nothing restarts.</summary>
    private async Task<string?> WriteAsync(List<LabInterconnect> modules, string version, CancellationToken cancellationToken)
    {
        await say($"\nUpdating firmware of bays {string.Join(", ", modules.Select(module => module.Bay))}, please wait", cancellationToken).ConfigureAwait(false);
        for (var time = TimeSpan.Zero; time < WritingTime; time += Dot)
        {
            await Task.Delay(Dot, site.Clock, cancellationToken).ConfigureAwait(false);
            await say(".", cancellationToken).ConfigureAwait(false);
        }

        await say("\n", cancellationToken).ConfigureAwait(false);
        foreach (var module in modules)
        {
            var fails = faults.Next(site.Enclosure.Name, Writing, FaultKind.TaskFailure) is not null;
            site.Log.Add(site.Enclosure.Name, Writing, OperationKind.Change, $"bay {module.Bay}", $"{(fails ? "fails to write" : "writes")} {version} to the module in bay {module.Bay}");
            if (fails)
                return $"The firmware update of the module in bay {module.Bay} failed";
            lock (site.Estate.Gate)
            {
                module.StagedFirmware = version;
                site.Estate.Touch(site.Enclosure);
            }

            await say($"Bay {module.Bay}: firmware {version} was written.\n", cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<int> ActivateAsync(List<LabInterconnect> modules, CancellationToken cancellationToken)
    {
        foreach (var (order, wait, some) in new[]
        {
            (options.EthernetOrder, options.EthernetWait, modules.FindAll(module => module.Ethernet)), (options.FibreChannelOrder, options.FibreChannelWait, modules.FindAll(module => !module.Ethernet)),
        })
        {
            foreach (var (batch, index) in Batches(order, some).Select((batch, index) => (batch, index)))
            {
                if (index > 0)
                    await Task.Delay(TimeSpan.FromMinutes(wait), site.Clock, cancellationToken).ConfigureAwait(false);
                if (await ActivateTogetherAsync(batch, cancellationToken).ConfigureAwait(false) is { } failed)
                    return await FailAsync(failed, cancellationToken).ConfigureAwait(false);
            }
        }

        await say($"\nThe firmware of {modules.Count} module(s) has been {VcsuTexts.Success}.\n", cancellationToken).ConfigureAwait(false);
        List<int> waiting;
        lock (site.Estate.Gate)
            waiting = [.. modules.Where(module => module.StagedFirmware is not null).Select(module => module.Bay)];
        if (waiting.Count > 0)
            await say($"The modules in bays {string.Join(", ", waiting)} run it after their next restart.\n", cancellationToken).ConfigureAwait(false);
        return VcsuRun.Succeeded;
    }

    private static IEnumerable<List<LabInterconnect>> Batches(string order, List<LabInterconnect> modules) => order switch
    {
        "manual" => [],
        "serial" => modules.ConvertAll(module => new List<LabInterconnect> { module }),
        "parallel" => modules.Count > 0 ? [modules] : [],
        _ => new[] { modules.FindAll(module => module.Bay % 2 == 1), modules.FindAll(module => module.Bay % 2 == 0) }.Where(batch => batch.Count > 0),
    };

    private async Task<string?> ActivateTogetherAsync(List<LabInterconnect> modules, CancellationToken cancellationToken)
    {
        await say($"\nActivating bays {string.Join(", ", modules.Select(module => module.Bay))}, please wait", cancellationToken).ConfigureAwait(false);
        foreach (var module in modules)
        {
            site.Log.Add(site.Enclosure.Name, Activating, OperationKind.Change, $"bay {module.Bay}", $"restarts the module in bay {module.Bay} gracefully");
            site.Network.RestartGracefully(site.Enclosure, module);
        }

        var back = false;
        for (var time = TimeSpan.Zero; !back && time < LongestBoot; time += Dot)
        {
            await Task.Delay(Dot, site.Clock, cancellationToken).ConfigureAwait(false);
            await say(".", cancellationToken).ConfigureAwait(false);
            lock (site.Estate.Gate)
                back = modules.TrueForAll(module => !_domain.IsAway(module) && module.StagedFirmware is null);
        }

        await say("\n", cancellationToken).ConfigureAwait(false);
        foreach (var module in modules.Where(module => !_domain.IsAway(module)))
            await say($"Bay {module.Bay}: version {module.Firmware} is active.\n", cancellationToken).ConfigureAwait(false);
        return modules.Find(_domain.IsAway) is { } lost ? $"The module in bay {lost.Bay} did not come back: activation failed" : null;
    }

    private async Task<int> FailAsync(string error, CancellationToken cancellationToken)
    {
        await say($"\nERROR: {error}\n", cancellationToken).ConfigureAwait(false);
        return VcsuRun.Failed;
    }
}
