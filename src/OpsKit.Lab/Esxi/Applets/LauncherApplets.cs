using System.Globalization;
using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;
using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary>Programs that run others: <c>env</c>, <c>setsid</c>, <c>nohup</c>, <c>xargs</c>, <c>timeout</c>, <c>busybox</c>; and <c>which</c>.</summary>
internal static class LauncherApplets
{
    public static async Task<int> EnvironmentAsync(HostCall call)
    {
        var environment = new Dictionary<string, string>(call.Environment, StringComparer.Ordinal);
        var at = 0;
        for (; at < call.Words.Count; at++)
        {
            var word = call.Words[at];
            if (word is "-i" or "-")
                environment.Clear();
            else if (word == "-u" && at + 1 < call.Words.Count)
                environment.Remove(call.Words[++at]);
            else if (word.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
                environment[word[..equals]] = word[(equals + 1)..];
            else
                break;
        }

        if (at < call.Words.Count)
            return await ProgramRunner.ReplaceAsync(call, [.. call.Words.Skip(at)], environment).ConfigureAwait(false);
        foreach (var (name, value) in environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            call.Out.WriteLine($"{name}={value}");
        return 0;
    }

    public static async Task<int> NewSessionAsync(HostCall call)
    {
        var words = call.Words is ["-c", ..] ? [.. call.Words.Skip(1)] : call.Words;
        if (words.Count == 0)
            throw new AppletUsageException("usage: setsid PROG ARGS");
        call.Process.LeadGroup();
        return await ProgramRunner.ReplaceAsync(call, words).ConfigureAwait(false);
    }

    public static async Task<int> NoHangupAsync(HostCall call)
    {
        if (call.Words.Count == 0)
            throw new AppletUsageException("usage: nohup PROG ARGS", 127);
        call.Process.Ignore(HostSignal.Hangup);
        if (call.Descriptors[1] is { IsTerminal: true })
        {
            call.Fail("appending output to nohup.out");
            call.Descriptors.Set(1, new OpenFile(call.OpenWrite("nohup.out", HostWriting.Append)));
        }

        return await ProgramRunner.ReplaceAsync(call, call.Words).ConfigureAwait(false);
    }

    public static async Task<int> ArgumentsAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "0rtn:I:L:s:P:", stopAtOperand: true);
        var command = options.Operands.Count > 0 ? options.Operands : ["echo"];
        var (lines, _) = await AppletFiles.LinesAsync(call, []).ConfigureAwait(false);
        var place = options.Value('I');
        var items = options.Has('0') ? string.Join('\n', lines).Split('\0', StringSplitOptions.RemoveEmptyEntries).ToList()
            : place is not null ? lines
            : [.. lines.SelectMany(line => line.Split((char[]?)[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Select(item => item.Trim('"', '\''))];
        if (items.Count == 0 && options.Has('r'))
            return 0;
        var most = place is not null ? 1 : (int)(options.Number('n') ?? 5000);
        var status = 0;
        foreach (var group in items.Count == 0 ? [[]] : items.Chunk(Math.Max(1, most)))
        {
            var words = place is null ? [.. command, .. group] : command.Select(word => word.Replace(place, group.FirstOrDefault() ?? "", StringComparison.Ordinal)).ToList();
            var code = await ProgramRunner.SpawnAsync(call, words).ConfigureAwait(false);
            if (code != 0)
                status = code == 127 ? 127 : 123;
        }

        return status;
    }

    public static async Task<int> TimeLimitAsync(HostCall call)
    {
        // -t SECONDS until BusyBox 1.30, the first operand since.
        var options = AppletOptions.Parse(call, "t:s:k:", stopAtOperand: true);
        var words = options.Operands.ToList();
        var limit = options.Value('t');
        if (limit is null && words.Count > 0)
        {
            limit = words[0];
            words.RemoveAt(0);
        }

        if (limit is null || words.Count == 0)
            throw new AppletUsageException("usage: timeout SECS PROG ARGS");
        var span = SleepApplet.Span(limit);
        var running = ProgramRunner.SpawnAsync(call, words);
        using var over = new CancellationTokenSource();
        var waiting = Task.Delay(span, call.System.Clock, over.Token);
        if (await Task.WhenAny(running, waiting).ConfigureAwait(false) == waiting && !call.CancellationToken.IsCancellationRequested)
        {
            foreach (var child in call.System.Processes.All.Where(process => process.ParentPid == call.Process.Pid))
                child.Signal(HostSignal.Number(options.Value('s') ?? "TERM") ?? HostSignal.Terminate);
            await running.ConfigureAwait(false);
            return HostSignal.StatusBase + HostSignal.Terminate;
        }

        await over.CancelAsync().ConfigureAwait(false);
        return await running.ConfigureAwait(false);
    }

    public static Task<int> BusyBoxAsync(HostCall call)
    {
        if (call.Words.Count > 0)
            return ProgramRunner.ReplaceAsync(call, call.Words);
        call.Out.Write("BusyBox v1.29.3 multi-call binary.\n");
        return Task.FromResult(0);
    }

    public static Task<int> WhichAsync(HostCall call)
    {
        var status = call.Words.Count == 0 ? 1 : 0;
        foreach (var name in call.Words.Where(word => word != "-a"))
        {
            if (ProgramRunner.Find(call.System, name, call.Environment.GetValueOrDefault("PATH", EsxiSystem.DefaultPath), call.Folder).Path is { } path)
                call.Out.WriteLine(path);
            else
                status = 1;
        }

        return Task.FromResult(status);
    }

    public static Task<int> PrintEnvironmentAsync(HostCall call)
    {
        if (call.Words.Count == 0)
            return EnvironmentAsync(call);
        var status = 0;
        foreach (var name in call.Words)
        {
            if (call.Environment.TryGetValue(name, out var value))
                call.Out.WriteLine(value);
            else
                status = 1;
        }

        return Task.FromResult(status);
    }

    public static Task<int> ExpressionAsync(HostCall call)
    {
        if (call.Words.Count != 3 || ShellNumber.Decimal(call.Words[0]) is not { } left || ShellNumber.Decimal(call.Words[2]) is not { } right)
            throw new AppletUsageException("syntax error", 2);
        if (call.Words[1] is "/" or "%" && right == 0)
            throw new AppletUsageException("division by zero", 2);
        long? value = call.Words[1] switch
        {
            "+" => left + right, "-" => left - right, "*" => left * right, "/" => left / right, "%" => left % right,
            "<" => left < right ? 1 : 0, "<=" => left <= right ? 1 : 0, "=" or "==" => left == right ? 1 : 0, "!=" => left != right ? 1 : 0, ">" => left > right ? 1 : 0, ">=" => left >= right ? 1 : 0,
            _ => null,
        };
        call.Out.WriteLine((value ?? throw new AppletUsageException("syntax error", 2)).ToString(CultureInfo.InvariantCulture));
        return Task.FromResult(value == 0 ? 1 : 0);
    }
}
