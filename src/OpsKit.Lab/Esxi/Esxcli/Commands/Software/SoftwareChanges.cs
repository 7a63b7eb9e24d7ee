using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Esxi.Vibs;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Software;

/// <summary>Installations, updates and removals of packages and image profiles.</summary>
internal static class SoftwareChanges
{
    private static readonly TimeSpan ReadTime = TimeSpan.FromSeconds(3);

    public static Task<EsxcliValue> InstallAsync(EsxcliCall call) => VibsAsync(call, onlyUpdates: false);

    public static Task<EsxcliValue> UpdateAsync(EsxcliCall call) => VibsAsync(call, onlyUpdates: true);

    public static Task<EsxcliValue> RemoveAsync(EsxcliCall call) => new Installation(call, "Removal Result").RunAsync(
        [], image => VibTransaction.Remove(image, [.. call.Options.Texts("--vibname").SelectMany(name => SoftwareSources.Matching(image.Vibs, name)).Distinct()]));

    public static Task<EsxcliValue> InstallProfileAsync(EsxcliCall call) => ProfileAsync(call, "Installation Result", onlyUpdates: false);

    public static Task<EsxcliValue> UpdateProfileAsync(EsxcliCall call) => ProfileAsync(call, "Update Result", onlyUpdates: true);

    public static EsxcliValue SetAcceptance(EsxcliCall call)
    {
        var level = call.Options.Text("--level")!;
        var software = call.Host.Software;
        if (call.Host.SecureBoot && level == LabAcceptance.Community)
            throw EsxupdateError.Of("AcceptanceConfigError", "UEFI Secure Boot enabled: Cannot change acceptance level to community.");
        var loose = software.Running.Vibs.Where(vib => !LabAcceptance.Takes(level, vib.AcceptanceLevel)).Select(vib => vib.Id).ToList();
        if (loose.Count > 0)
        {
            throw EsxupdateError.Of(
                "AcceptanceConfigError",
                $"Unable to set acceptance level of {LabAcceptance.Short(software.AcceptanceLevel)} due to installed VIBs {string.Join(", ", loose)} having a lower acceptance level.");
        }

        software.AcceptanceLevel = level;
        return $"Host acceptance level changed to '{level}'.";
    }

    private static async Task<EsxcliValue> VibsAsync(EsxcliCall call, bool onlyUpdates)
    {
        await Task.Delay(ReadTime, call.Estate.Clock, call.CancellationToken).ConfigureAwait(false);
        var offered = SoftwareSources.Newest(call);
        return await new Installation(call, "Installation Result")
            .RunAsync(offered, image => VibTransaction.Install(image, offered.Select(each => each.Vib), onlyUpdates)).ConfigureAwait(false);
    }

    private static async Task<EsxcliValue> ProfileAsync(EsxcliCall call, string title, bool onlyUpdates)
    {
        await Task.Delay(ReadTime, call.Estate.Clock, call.CancellationToken).ConfigureAwait(false);
        var profile = SoftwareDepots.Profile(call);
        var ids = profile.VibIds.ToHashSet(StringComparer.Ordinal);
        var offered = SoftwareSources.All(call).Where(each => ids.Contains(each.Vib.Id)).ToList();
        return await new Installation(call, title).RunAsync(
            offered,
            image => Make(call, image, [.. offered.Select(each => each.Vib)], onlyUpdates),
            image => onlyUpdates && image.Vibs.Any(vib => !ids.Contains(vib.Id))
                ? image with { Name = "(Updated) " + profile.Name, Description = profile.Description }
                : image with { Name = profile.Name, Vendor = profile.Vendor, Description = profile.Description, Created = profile.Created }).ConfigureAwait(false);
    }

    private static VibTransaction Make(EsxcliCall call, LabImage image, IReadOnlyList<LabVib> profile, bool onlyUpdates)
    {
        var transaction = VibTransaction.Apply(image, profile, onlyUpdates, call.Options.Has("--allow-downgrades"));
        var lost = transaction.Removed.Where(vib => !transaction.Installed.Any(other => other.Name == vib.Name)).Select(vib => vib.Id).ToList();
        if (!onlyUpdates && lost.Count > 0 && !call.Options.Has("--ok-to-remove"))
        {
            throw EsxupdateError.Of(
                "ProfileVibRemoval", $"You attempted to install an image profile which would have resulted in the removal of VIBs {string.Join(", ", lost)}. If this is not what you intended, you may use the "
                + "esxcli software profile update command to preserve the VIBs above. If this is what you intended, please use the --ok-to-remove option to explicitly allow the removal.");
        }

        return transaction;
    }
}
