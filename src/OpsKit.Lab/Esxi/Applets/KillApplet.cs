using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Processes;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>kill [-signal] process…</c>; a negative number means a group.</summary>
internal static class KillApplet
{
    public static Task<int> RunAsync(HostCall call) => Task.FromResult(Run(call));

    private static int Run(HostCall call)
    {
        var words = call.Words.ToList();
        var signal = HostSignal.Terminate;
        if (words is ["-l", ..])
        {
            call.Out.Write(string.Concat(HostSignal.Names.Skip(1).Select((name, index) => $"{index + 1}) {name}\n")));
            return 0;
        }

        if (words is ["-s", var named, ..])
        {
            words.RemoveRange(0, 2);
            if (Signal(named) is not { } known)
                return call.Fail($"bad signal name '{named}'");
            signal = known;
        }
        else if (words is [['-', _, ..] word, ..] && word != "--")
        {
            words.RemoveAt(0);
            if (Signal(word[1..]) is not { } known)
                return call.Fail($"bad signal name '{word[1..]}'");
            signal = known;
        }

        if (words is ["--", ..])
            words.RemoveAt(0);
        if (words.Count == 0)
            return call.Fail("you need to specify whom to kill");
        var failed = 0;
        foreach (var word in words)
        {
            if (ShellNumber.Decimal(word) is not { } pid || pid is < int.MinValue or > int.MaxValue)
                failed = call.Fail($"invalid number '{word}'");
            else if (!call.System.Processes.Signal((int)(pid == 0 ? -call.Process.Group : pid), signal))
                failed = call.Fail($"can't kill pid {pid}: No such process");
        }

        return failed;
    }

    private static int? Signal(string name) => name == "EXIT" ? null : HostSignal.Number(name);
}
