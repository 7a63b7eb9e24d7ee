namespace OpsKit.Modules.Vibs;

/// <summary>A file cannot be read any further: it is damaged, or no archive of the kind it should be. The message is for an operator.</summary>
internal class ArchiveException(string what, Exception? inner = null) : Exception(what, inner);

/// <summary>A file takes more than a limit allows: nothing more of it is read.</summary>
internal sealed class LimitException(string what) : ArchiveException(what);
