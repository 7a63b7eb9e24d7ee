using OpsKit.Lab.Esxi.Programs;

namespace OpsKit.Lab.Esxi.Applets;

/// <summary><c>echo [-neE] [text]…</c>.</summary>
internal static class EchoApplet
{
    public static Task<int> RunAsync(HostCall call)
    {
        var (newLine, escapes) = (true, false);
        var at = 0;
        for (; at < call.Words.Count && call.Words[at] is ['-', _, ..] word && word.Skip(1).All(c => c is 'n' or 'e' or 'E'); at++)
        {
            foreach (var letter in word.Skip(1))
            {
                if (letter == 'n')
                    newLine = false;
                else
                    escapes = letter == 'e';
            }
        }

        var text = string.Join(' ', call.Words.Skip(at));
        if (escapes)
        {
            (text, var stop) = Escapes.Expand(text, zeroFirst: true);
            newLine &= !stop;
        }

        call.Out.Write(newLine ? text + "\n" : text);
        return Task.FromResult(0);
    }
}
