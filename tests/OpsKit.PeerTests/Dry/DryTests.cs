using OpsKit.Engine.Verbs;
using OpsKit.Lab.Hosting;
using OpsKit.Modules;
using OpsKit.PeerTests.Console;
using OpsKit.TestKit;
using OpsKit.Vim25;

namespace OpsKit.PeerTests.Dry;

/// <summary>Planning changes nothing, counted by those who would be changed: the lab with its vCenter and shells, and vcsim.</summary>
public sealed class DryTests : IDisposable
{
    /// <summary>What a step of each verb says besides its targets. A verb that is not here has no proof, and fails.</summary>
    private static readonly Dictionary<string, string> With = new(StringComparer.Ordinal)
    {
        ["audit.cdp"] = "{}",
        ["audit.flexnics"] = "{}",
        ["audit.hide-flexnics"] = "{}",
        ["audit.nics"] = "{}",
        ["audit.ports"] = "{udp: true}",
        ["audit.set-vm-mmu"] = "{power-cycle: true}",
        ["audit.vm-mmu"] = "{}",
        ["audit.vm-uplinks"] = "{}",
        ["cbt.disable"] = "{wait: 1m}",
        ["cbt.enable"] = "{leave-out: true, with-snapshots: true}",
        ["cbt.reset"] = "{per-host: 1}",
        ["cbt.status"] = "{}",
        ["disk.limit"] = "{iops: 500}",
        ["disk.limits"] = "{}",
        ["disk.policy"] = "{rules: '*=500'}",
        ["disk.top"] = "{}",
        ["host.enter-maintenance"] = "{}",
        ["host.exit-maintenance"] = "{}",
        ["host.reboot"] = "{}",
        ["host.rolling-maintenance"] = "{reboot: true, hold: 1m}",
        ["license.cores"] = "{}",
        ["license.list"] = "{}",
        ["license.vram"] = "{}",
        ["vc.activate"] = "{version: \"5.02\"}",
        ["vc.rollout"] = "{staged-by-hand: true, version: \"5.02\"}",
        ["vc.stage"] = "{staged-by-hand: true, version: \"5.02\"}",
        ["pause"] = "{instructions: look}",
        ["vc.check"] = "{}",
        ["vc.profiles"] = "{}",
        ["vc.reset-ilo"] = "{bay: 1}",
        ["vc.status"] = "{}",
        ["vib.acceptance-get"] = "{}",
        ["vib.acceptance-set"] = "{level: CommunitySupported}",
        ["vib.check"] = "{}",
        ["vib.install"] = "{vib: driver.vib, allow-acceptance: CommunitySupported}",
        ["vib.list"] = "{}",
        ["vib.remove"] = "{names: [amsd]}",
        ["vib.update"] = "{vib: driver.vib, allow-acceptance: CommunitySupported}",
    };

    private readonly OpskitProgram _opskit = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _opskit.Dispose();

    [Fact]
    public void Every_verb_has_its_proof() => ModuleVerbs.All.Select(verb => verb.Name).ShouldBe(With.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Plan_of_every_verb_sends_a_lab_no_change()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Folder = _opskit.File("lab"), Sshd = true }, Token);
        var playbook = Playbook(ModuleVerbs.All);

        var run = await _opskit.RunAsync("", "plan", playbook, "--inventory", lab.InventoryFile, "--detailed-exitcode");

        run.ExitCode.ShouldBe(2, run.Error);
        ShouldNameAll(run, ModuleVerbs.All);
        lab.Log.All.ShouldContain(operation => operation.Kind == OperationKind.Query);
        lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_of_every_verb_sends_vcsim_no_change()
    {
        await using var server = await VCenterSimulator.StartAsync();
        // The simulator has no enclosures.
        var verbs = ModuleVerbs.All.Where(verb => verb.TargetKind != TargetKind.Enclosure).ToList();

        var run = await _opskit.RunAsync(server.Password, ["plan", Playbook(verbs), .. OpskitProgram.At(server)]);

        run.ExitCode.ShouldBeOneOf([0, 1], run.Error);
        ShouldNameAll(run, verbs);
        var calls = await server.CallsAsync();
        calls.ShouldContain("RetrievePropertiesEx");
        var changes = typeof(IVimChanges).GetMethods().Select(method => method.Name[..^"Async".Length]).ToHashSet(StringComparer.Ordinal);
        changes.ShouldContain("EnterMaintenanceModeTask");
        calls.ShouldNotContain(call => changes.Contains(call.Replace("_", "", StringComparison.Ordinal)));
    }

    private static void ShouldNameAll(ProgramRun run, IReadOnlyList<IVerb> verbs)
    {
        foreach (var verb in verbs)
            run.Out.ShouldContain(verb.Name);
    }

    /// <summary>One step of each verb, on everything there is.</summary>
    private string Playbook(IReadOnlyList<IVerb> verbs)
    {
        var text = "name: everything\nsteps:\n";
        foreach (var verb in verbs)
        {
            text += $"  - uses: {verb.Name}\n    with: {With.GetValueOrDefault(verb.Name, "{}")}\n";
            if (verb.TargetKind != TargetKind.None)
                text += $"    targets: \"{(verb.TargetKind == TargetKind.VirtualMachine ? "vm:*" : "*")}\"\n";
        }

        File.Copy(Repository.PathOf("samples/vibs/elxnet-14.4.0.39.vib"), _opskit.File("driver.vib"), overwrite: true);
        _opskit.Write("everything.yaml", text);
        return "everything.yaml";
    }
}
