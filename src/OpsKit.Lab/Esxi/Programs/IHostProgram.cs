namespace OpsKit.Lab.Esxi.Programs;

/// <summary>A program of a host.</summary>
internal interface IHostProgram
{
    /// <summary>Where it is installed, such as <c>/sbin/esxcli</c>.</summary>
    string Path { get; }

    /// <summary>Runs it.</summary>
    /// <returns>Its exit status.</returns>
    /// <exception cref="OperationCanceledException">The process was ended, or the host went down.</exception>
    Task<int> RunAsync(HostCall call);
}

/// <summary>A program that is a function.</summary>
internal sealed class HostProgram(string path, Func<HostCall, Task<int>> run) : IHostProgram
{
    public string Path => path;

    public Task<int> RunAsync(HostCall call) => run(call);
}
