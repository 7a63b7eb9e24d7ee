namespace OpsKit.Lab.Esxi.Processes;

/// <summary>Nobody reads any more what is written: the process dies of SIGPIPE.</summary>
internal sealed class BrokenPipeException() : IOException("Broken pipe");
