namespace OpsKit.Lab.Esxi.Ash;

/// <summary>Something that ends a shell that is not interactive: a mistake in a word, a special built-in that failed.</summary>
internal sealed class ShellFailureException(string message, int status = 2) : Exception(message)
{
    public int Status => status;
}

/// <summary>How control leaves the commands it is in.</summary>
internal enum ShellFlow
{
    Normal,
    Break,
    Continue,
    Return,
    Exit,
}
