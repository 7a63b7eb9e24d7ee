using OpsKit.Connections.Secrets;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Modules;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.VirtualConnect;

/// <summary>The iLO of the blade that came up without its profile is restarted, as a run.</summary>
public sealed class IloResetRunTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Blade_gets_its_profile_by_one_reset_in_exec_and_in_shell_mode(bool exec)
    {
        await using var lab = await ServedLab.StartAsync(LabSize.Field);
        foreach (var enclosure in lab.Estate.Enclosures)
            enclosure.ExecShowsPrompts = exec;
        var blade = lab.Estate.Hosts[8];
        blade.LacksProfile.ShouldBeTrue();

        var doors = lab.Doors();
        const string text = "name: profile\nsteps:\n  - uses: vc.reset-ilo\n    targets: [enc2]\n    with: {bay: 3}\n";
        var run = new PlaybookRun(PlaybookReader.Parse(text, "profile.yaml", null, ModuleVerbs.All), text, doors, GuardDoors.From(doors.JumpHost));
        var plan = await run.PlanAsync(ServedLab.Token);
        plan.Steps[0].Targets[0].Changes.ShouldHaveSingleItem().Before.ShouldStartWith("runs with factory MAC addresses");
        lab.Server.Log.Changes.ShouldBeEmpty("a plan changes nothing");

        using var journal = new RunJournal(lab.JumpHost, new Redactor());
        (await run.ApplyAsync(plan, journal, new TextRunConsole(TextWriter.Null), begun: null, ServedLab.Token)).Status.ShouldBe(RunStatus.Done);

        lab.Server.Log.Changes.Select(operation => $"{operation.Operation} {operation.Target}").ShouldBe(["RESET ILO 3"]);
        await Eventually.TrueAsync(() => !blade.LacksProfile, "the profile is applied");
        journal.Find("last").Changes[0].After.ShouldBe("the iLO is back");
    }
}
