// OpsKit in a program of your own: a report, then a playbook planned, agreed to, and run under its guards with a journal.
//
//   dotnet run --project samples/library -- INVENTORY PLAYBOOK [NAME=VALUE…] > machines.csv
//
// The report goes to stdout, everything else to stderr. Trust and journal are those of opskit on this machine: what one of them
// began, "opskit runs show last" shows and "opskit runs resume last" takes up.
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Trust;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Reports;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Runs.Report;
using OpsKit.Modules;
using OpsKit.Vim25;
using Column = OpsKit.Engine.Reports.Column<(string VCenter, OpsKit.Vim25.RetrievedObject Machine)>;

if (args is not [var inventory, var file, .. var given])
{
    Console.Error.WriteLine("usage: library INVENTORY PLAYBOOK [NAME=VALUE…]");
    return 3;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
try
{
    // Sessions: one for each vCenter, opened when first needed, logged out at the end. The inventory says where, as whom, and where the password is.
    var jumpHost = JumpHost.Current;
    using var secrets = new SecretResolver(jumpHost, new ProcessRunner(jumpHost.Clock), prompt: null, new Redactor());
    var connector = new VSphereConnector(new TrustStore(jumpHost), secrets, jumpHost, Console.Error.WriteLine);
    await using var doors = new RunDoors(InventoryReader.Read(inventory, jumpHost), jumpHost, connector.ConnectAsync);

    // A report: exactly these properties, in as few calls as there are pages; rows are handed out while the answer arrives.
    var query = PropertyCollectorQuery.All(
        "VirtualMachine", VirtualMachineProperties.Name, VirtualMachineProperties.RuntimePowerState, VirtualMachineProperties.ConfigHardwareMemoryMB);
    var machines = new List<(string VCenter, RetrievedObject Machine)>();
    foreach (var vCenter in doors.Estate.VCenters)
    {
        var reading = await doors.QueriesAsync(vCenter.Name, stop.Token);
        await foreach (var machine in reading.Properties.RetrieveAsync(query, stop.Token))
            machines.Add((vCenter.Name, machine));
    }

    var report = ReportTable.From(
        "machines",
        machines,
        Column.Text("vCenter", row => row.VCenter),
        Column.Text("Name", row => EntityName.Plain(row.Machine.Get(VirtualMachineProperties.Name))),
        Column.Text("PowerState", row => row.Machine.Get(VirtualMachineProperties.RuntimePowerState)?.ToString()),
        Column.Integer("MemoryMB", row => row.Machine.Get(VirtualMachineProperties.ConfigHardwareMemoryMB)));
    await using (var output = Console.OpenStandardOutput())
        CsvReportWriter.Write(report, output);

    // A plan: data, made of queries alone. Planning cannot change anything.
    var text = await File.ReadAllTextAsync(file, stop.Token);
    var vars = given.Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);
    var playbook = PlaybookReader.Parse(text, file, vars, ModuleVerbs.All);
    var run = new PlaybookRun(playbook, text, doors, GuardDoors.From(jumpHost, Path.GetDirectoryName(Path.GetFullPath(file))))
    {
        Vars = vars, File = Path.GetFullPath(file), InventoryFile = Path.GetFullPath(inventory),
    };
    var plan = await run.PlanAsync(stop.Token);
    var console = new TextRunConsole(Console.Error);
    foreach (var target in plan.Steps.SelectMany(step => step.Targets))
    {
        foreach (var line in target.Changes.Select(change => $"{change.Summary}: {change.Before} → {change.After}").Concat(target.Blockers.Select(blocker => $"blocked: {blocker}")))
            console.Say($"{target.Target.Name}: {line}");
    }

    // Agreement is yours to get; how much of it this plan demands, OpsKit says. Here it is always the name of what is touched.
    var demand = Approval.Of(playbook, plan);
    Console.Error.WriteLine($"Worst impact: {demand.Impact}. Type {demand.Name} to go on:");
    if (plan.IsBlocked || Console.ReadLine() != demand.Name)
        return 1;

    // The run: locks, guards, batches; every change in the journal before and after it is made. Then its report, one page of HTML.
    using var journal = new RunJournal(jumpHost, secrets.Redactor);
    var outcome = await run.ApplyAsync(plan, journal, console, begun => console.Say($"run {begun.Id}, kept in {begun.Folder}"), stop.Token);
    var kept = journal.Find("last");
    ReportFile.Write("run.html", page => RunReport.Write(page, kept, journal.Events(kept.Id), journal.Samples(kept.Id)));
    console.Say($"{outcome.Status}{(outcome.Reason is { } reason ? $": {reason}" : "")}");
    return outcome.Status == RunStatus.Done ? 0 : 1;
}
catch (OpsKitException failure)
{
    Console.Error.WriteLine(SafeText.Lines(failure.Message + (failure.Next is { } next ? $"\nnext: {next}" : "")));
    return 1;
}
