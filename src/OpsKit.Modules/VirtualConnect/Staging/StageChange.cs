using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Writes firmware to the modules of an enclosure with VCSU, and proves that none was restarted by it.</summary>
internal sealed class StageChange(IApplyingDoors doors, Target target, StageOptions options, VirtualConnectFacts facts)
{
    private static readonly TimeSpan LongestUpdate = TimeSpan.FromHours(2);

    public async Task<ChangeResult> ApplyAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        var bays = change.Arguments[StagePlanner.Bays].Split(',').Select(bay => int.Parse(bay, NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
        var path = VcsuLocation.Find(doors.JumpHost, facts.Vcsu, options.Vcsu)
            ?? throw Failure(VcsuLocation.Missing(doors.JumpHost, options.Vcsu), null);
        var program = new VcsuProgram(doors, facts.Vcsu, path, target.Name);
        doors.Progress("asking VCSU what it can");
        if (VcsuOutput.LacksByHand(facts.Vcsu, await program.LookAsync("help", VcsuArguments.Help, null, cancellationToken).ConfigureAwait(false)) is { } lack)
            throw Failure($"this VCSU would activate the firmware by itself: {lack}", "use a newer VCSU, or correct help-must-name in virtual-connect.yaml");

        var before = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
        var access = await AccessAsync(cancellationToken).ConfigureAwait(false);
        Require("health check", await program.LookAsync("healthcheck", VcsuArguments.HealthCheck(access, options.PasswordsAsArguments), access, cancellationToken).ConfigureAwait(false));
        Require("configuration backup", await program.LookAsync("configbackup", VcsuArguments.ConfigurationBackup(access, options.PasswordsAsArguments), access, cancellationToken).ConfigureAwait(false));
        var update = await program.UpdateAsync(
            VcsuArguments.Update(access, PackageOf(doors.JumpHost, options.Package!), options.PasswordsAsArguments),
            access,
            LongestUpdate,
            id => doors.Remember(StageNote.Running(id)),
            cancellationToken).ConfigureAwait(false);
        if (VcsuOutput.WhyNotUpdated(facts.Vcsu, update) is { } why)
            throw Failure($"VCSU's update did not succeed: {why}", $"read what it said: output/vcsu-{target.Name}-update.log in the run's folder");
        doors.Remember(StageNote.Succeeded);
        await RequireUntouchedAsync(before, bays, cancellationToken).ConfigureAwait(false);
        return new ChangeResult(change.After, "VCSU's health check, configuration backup and output are in the run's folder, in output");
    }

    /// <summary>A path is meant from the working folder; an address is handed on as it is.</summary>
    public static string PackageOf(JumpHost jumpHost, string package) => IsAddress(package) ? package : jumpHost.ResolvePath(package);

    public static bool IsAddress(string package) =>
        package.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || package.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private void Require(string what, ProcessResult result)
    {
        if (VcsuOutput.WhyNot(facts.Vcsu, result) is { } why)
            throw Failure($"VCSU's {what} did not succeed: {why}", "mend what it complains of; nothing was written");
    }

    /// <summary>A module that runs the new version, or is away, was restarted by VCSU.</summary>
    private async Task RequireUntouchedAsync(EnclosureState before, List<int> bays, CancellationToken cancellationToken)
    {
        var after = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
        var touched = bays.Where(bay => before.ModuleIn(bay) is { } module && !FirmwareVersions.AreSame(after.ModuleIn(bay)?.Firmware, module.Firmware)).ToList();
        if (touched.Count > 0)
            throw Failure($"VCSU has restarted {ModuleWords.Bays(touched)} by itself although it was told not to", $"opskit vc status {target.Name}, before anything else");
    }

    private async Task<VcsuAccess> AccessAsync(CancellationToken cancellationToken)
    {
        var enclosure = (EnclosureEndpoint)(doors.Estate.Find(target.Name) ?? throw Failure("is not in the inventory", null));
        var credential = enclosure.Credential;
        if (credential is null || (options.OaPassword ?? credential.Password) is not { } reference)
            throw Failure(NoPassword, null);
        var address = await doors.Enclosure(target.Name).ActiveAddressAsync(cancellationToken).ConfigureAwait(false);
        var user = options.OaUser ?? credential.UserName;
        var password = await SecretAsync(reference, user, cancellationToken).ConfigureAwait(false);
        var domain = enclosure.VirtualConnect?.Credential is { Password: not null } login ? login : null;
        var vcUser = options.VcUser ?? domain?.UserName ?? user;
        var vcPassword = (options.VcPassword ?? domain?.Password) is { } own ? await SecretAsync(own, $"{vcUser} (Virtual Connect)", cancellationToken).ConfigureAwait(false) : password;
        return new VcsuAccess(address, user, password, vcUser, vcPassword);
    }

    public const string NoPassword = "its credential in the inventory has no password, and VCSU logs in with nothing else: give it one, or say oa-password: env:NAME";

    private Task<Secret> SecretAsync(SecretReference reference, string user, CancellationToken cancellationToken) =>
        doors.SecretAsync(reference, $"password of {user} for {target.Name}", cancellationToken);

    private OpsKitException Failure(string what, string? next) => new(FailureKind.Failed, what, target.Name, next);
}
