using System.Runtime.InteropServices;
using System.Text;

namespace OpsKit.Cli.Terminals;

#pragma warning disable RS0030 // This is the door to the console.

/// <summary>Connects a <see cref="Terminal"/> and an <see cref="Interruption"/> to this process.</summary>
internal static class ConsoleDoor
{
    private const int BufferSize = 16 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Runs the application on the process's console and signals.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Func<Terminal, Interruption, Task<int>> run)
    {
        if (arguments is ["--version"])
        {
            Console.Out.WriteLine($"opskit {App.Version}");
            return ExitCodes.Done;
        }

        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Utf8;

        using var interruption = new Interruption();
        using var sigint = Handle(PosixSignal.SIGINT, interruption);
        using var sigterm = Handle(PosixSignal.SIGTERM, interruption);
        using var sighup = Handle(PosixSignal.SIGHUP, interruption);
#pragma warning disable CA2000 // Flushed by the application, which knows what a broken pipe means; disposing would flush again.
        var output = new StreamWriter(Console.OpenStandardOutput(), Utf8, BufferSize);
        var error = new StreamWriter(Console.OpenStandardError(), Utf8, 1024);
#pragma warning restore CA2000
        return await run(new Terminal(output, error, Console.In, Streams(), ReadSecret) { LiveSize = Size }, interruption);
    }

    private static PosixSignalRegistration Handle(PosixSignal signal, Interruption interruption) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            interruption.Raise();
        });

    private static TerminalStreams Streams() =>
        new(!Console.IsOutputRedirected, !Console.IsErrorRedirected, !Console.IsInputRedirected, Width());

    private static string? ReadSecret()
    {
        // A program that answers for a human writes lines; there are no keys, and nothing is shown.
        if (Console.IsInputRedirected)
            return Console.In.ReadLine();

        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
                return typed.ToString();
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0)
                typed.Length--;
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }
    }

    private static ScreenSize Size()
    {
        try
        {
            return new ScreenSize(Console.WindowWidth is > 0 and var width ? width : 80, Console.WindowHeight is > 0 and var height ? height : 24);
        }
        catch (IOException)
        {
            return new ScreenSize(80, 24);
        }
    }

    private static int Width()
    {
        if (Console.IsOutputRedirected)
            return int.MaxValue;

        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
