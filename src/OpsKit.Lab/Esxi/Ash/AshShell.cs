using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi.Ash;

/// <summary>A shell: its state, and the parts that carry scripts out.</summary>
internal sealed class AshShell
{
    public AshShell(EsxiSystem system, HostProcess process, Descriptors descriptors, string name, string folder)
    {
        System = system;
        Process = process;
        Descriptors = descriptors;
        Name = name;
        Folder = folder;
        MainPid = process.Pid;
        Expander = new Expander(this);
        Redirector = new Redirector(this);
        Evaluator = new Evaluator(this);
    }

    private AshShell(AshShell parent, HostProcess process, Descriptors descriptors)
        : this(parent.System, process, descriptors, parent.Name, parent.Folder)
    {
        MainPid = parent.MainPid;
        Arguments = parent.Arguments;
        Variables = parent.Variables.Copy();
        Functions = new Dictionary<string, Command>(parent.Functions, StringComparer.Ordinal);
        Options = parent.Options with { Interactive = false };
        Status = parent.Status;
        LastBackground = parent.LastBackground;
        LoopDepth = parent.LoopDepth;
        CallDepth = parent.CallDepth;
        TestedDepth = parent.TestedDepth;
        ScriptName = parent.ScriptName;
        Line = parent.Line;
        // Signals that were caught do what they do by default; those ignored stay so.
        foreach (var (signal, action) in parent.Traps)
        {
            if (action.Length == 0)
                Traps[signal] = action;
        }
    }

    public EsxiSystem System { get; }

    public HostProcess Process { get; }

    public Descriptors Descriptors { get; set; }

    public Expander Expander { get; }

    public Redirector Redirector { get; }

    public Evaluator Evaluator { get; }

    /// <summary><c>$0</c>.</summary>
    public string Name { get; set; }

    /// <summary><c>$$</c>: that of the shell a subshell was made from.</summary>
    public int MainPid { get; private init; }

    /// <summary>The script's file, which error messages name with the line; null for <c>-c</c> and for people.</summary>
    public string? ScriptName { get; set; }

    public int Line { get; set; }

    public IReadOnlyList<string> Arguments { get; set; } = [];

    public ShellVariables Variables { get; private init; } = new();

    public Dictionary<string, Command> Functions { get; private init; } = new(StringComparer.Ordinal);

    public ShellOptions Options { get; set; } = new();

    /// <summary>Commands by signal; an empty one ignores it; 0 is the end of the shell.</summary>
    public Dictionary<int, string> Traps { get; } = [];

    public string Folder { get; set; }

    public int Status { get; set; }

    /// <summary><c>$!</c>; 0 for none.</summary>
    public int LastBackground { get; set; }

    public Dictionary<int, Task<int>> Jobs { get; } = [];

    public ShellFlow Flow { get; set; }

    /// <summary>How many loops <c>break</c> and <c>continue</c> mean.</summary>
    public int FlowLevels { get; set; }

    public int LoopDepth { get; set; }

    public int CallDepth { get; set; }

    /// <summary>Where <c>getopts</c> is in a word of several options, and the word after it.</summary>
    public int OptionOffset { get; set; }

    public int OptionIndex { get; set; } = 1;

    /// <summary>Above 0 within a condition, where <c>set -e</c> does nothing.</summary>
    public int TestedDepth { get; set; }

    /// <summary>What <c>local</c> hid, of each function that is running.</summary>
    public Stack<Dictionary<string, ShellVariable?>> Locals { get; } = new();

    /// <summary>The status of the last command substitution of a command; null where it had none.</summary>
    public int? SubstitutionStatus { get; set; }

    public AshShell Fork(HostProcess process, Descriptors descriptors) => new(this, process, descriptors);

    /// <summary>Goes back to the descriptors there were, whatever <c>exec</c> did meanwhile.</summary>
    public void RestoreDescriptors(Descriptors before)
    {
        if (Descriptors == before)
            return;
        Descriptors.Dispose();
        Descriptors = before;
    }

    public string PathOf(string path) => HostFiles.Resolve(Folder, path);

    /// <summary>A message of the shell, with its name and, in scripts, the line.</summary>
    public string Complaint(string message, string? command = null) =>
        $"{Name}: {(command is null ? "" : command + ": ")}{(ScriptName is null ? "" : $"line {Line}: ")}{message}\n";

    public async Task ComplainAsync(string message, string? command = null)
    {
        if (Descriptors[2] is not { CanWrite: true } error)
            return;
        try
        {
            await error.WriteAsync(ByteText.Bytes(Complaint(message, command)), Process.Token).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Nobody is there to hear it.
        }
    }
}
