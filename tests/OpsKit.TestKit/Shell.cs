using System.Diagnostics;

namespace OpsKit.TestKit;

/// <summary>Runs programs of this machine for tests.</summary>
public static class Shell
{
    /// <summary>Runs a program; it must succeed.</summary>
    /// <returns>Its standard output.</returns>
    public static Task<string> RunAsync(string program, params string[] arguments) => RunWithInputAsync("", program, arguments);

    /// <summary>Runs a program with something to read; it must succeed.</summary>
    /// <returns>Its standard output.</returns>
    public static async Task<string> RunWithInputAsync(string input, string program, params string[] arguments)
    {
        var (status, output, error) = await ExecuteAsync(input, program, arguments);
        return status == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {status}: {error}{output}");
    }

    /// <summary>Runs a program that may fail.</summary>
    public static async Task<(int Status, string Output, string Error)> TryAsync(string program, params string[] arguments) => await ExecuteAsync("", program, arguments);

    private static async Task<(int Status, string Output, string Error)> ExecuteAsync(string input, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
