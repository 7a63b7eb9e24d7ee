using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Vibs;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Software;

/// <summary>What stands between a transaction and the host.</summary>
internal sealed class InstallationChecks(EsxcliCall call, LabSoftware software)
{
    /// <summary>What a dry run finds, too.</summary>
    /// <exception cref="EsxcliException">The host does not take it.</exception>
    public void Demand(VibTransaction transaction, IReadOnlyList<VibPackage> packages, bool live)
    {
        // Force has no power over acceptance levels and rules since 7.0.
        var forced = call.Options.Has("--force");
        var yields = forced && !call.IsAtLeast(7);
        if (!call.Options.Has("--no-sig-check") && !yields)
            DemandLevel(transaction);
        if (packages.FirstOrDefault(package => package.Flaw is not null) is { } flawed && !(forced && !call.IsAtLeast(8)))
            throw EsxupdateError.Of("VibValidationError", $"VIB {flawed.Vib.Id} violates extensibility rule checks: ['{flawed.Flaw}']", ("vibs", flawed.Vib.Id));
        if (call.IsAtLeast(8) && packages.FirstOrDefault(package => !VibDigests.HaveContentDigest(package)) is { } old)
            throw LacksDigest(old.Vib);
        if (!forced)
            DemandRelations(transaction);
        if (live && !transaction.IsEmpty && transaction.NeedsMaintenanceMode && !call.Host.InMaintenanceMode && !call.Options.Has("--maintenance-mode"))
            throw EsxupdateError.Of("MaintenanceModeError", $"MaintenanceMode is required to remove: [{Ids(transaction.Removed)}]; install: [{Ids(transaction.Installed)}].");
    }

    /// <summary>What comes to light when payloads are written.</summary>
    /// <exception cref="EsxcliException">A signature or a digest is wrong, or there is no room.</exception>
    public void DemandContent(IReadOnlyList<VibPackage> packages)
    {
        foreach (var package in packages)
        {
            if (package.Vib is { Signed: false, AcceptanceLevel: not LabAcceptance.Community } && !call.Options.Has("--no-sig-check"))
                throw EsxupdateError.Of("InstallationError", $"('{package.Vib.Id}', 'Could not find a trusted signer.')", ("vibs", package.Vib.Id));
            if (VibDigests.Mismatch(package, knowsContent: call.IsAtLeast(8)) is { } mismatch)
                throw EsxupdateError.Of("InstallationError", mismatch, ("vibs", package.Vib.Id));
        }

        var megabytes = (packages.Where(package => package.Vib.Type != "locker").Sum(package => package.Bytes) + 1_048_575) >> 20;
        if (megabytes > software.BootBankMb)
            throw EsxupdateError.Of("InstallationError", $"The pending transaction requires {megabytes} MB free space, however the maximum supported size is {software.BootBankMb} MB.");
    }

    private void DemandLevel(VibTransaction transaction)
    {
        if (transaction.Installed.FirstOrDefault(vib => !LabAcceptance.Takes(software.AcceptanceLevel, vib.AcceptanceLevel)) is { } vib)
        {
            throw EsxupdateError.Of(
                "AcceptanceConfigError",
                $"VIB {vib.Id}'s acceptance level is {LabAcceptance.Short(vib.AcceptanceLevel)}, which is not compliant with the ImageProfile acceptance level {LabAcceptance.Short(software.AcceptanceLevel)}\n"
                + "To change the host acceptance level, use the 'esxcli software acceptance set' command.");
        }
    }

    private void DemandRelations(VibTransaction transaction)
    {
        var where = call.IsAtLeast(8) ? "On platform embeddedEsx, " : "";
        if (transaction.Unmet() is var (vib, need))
            throw EsxupdateError.Of("DependencyError", $"{where}VIB {vib.Id} requires {need}, but the requirement cannot be satisfied within the ImageProfile.");
        if (transaction.Clash() is var (one, other))
            throw EsxupdateError.Of("DependencyError", $"{where}VIB {one.Id} conflicts with VIB {other.Id}.");
    }

    private EsxcliException LacksDigest(LabVib vib) => EsxupdateError.Of(
        "ProfileValidationError",
        $"In ImageProfile {software.Running.With(software.Running.Vibs, default).Name}, the payload(s) in VIB {vib.Id} does not have sha-256 gunzip checksum. "
        + "This will prevent VIB security verification and secure boot from functioning properly. Please remove this VIB or please check with your vendor for a replacement of this VIB");

    private static string Ids(IEnumerable<LabVib> vibs) => string.Join(", ", vibs.Select(vib => vib.Id));
}
