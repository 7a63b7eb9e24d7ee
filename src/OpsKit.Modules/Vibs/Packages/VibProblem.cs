namespace OpsKit.Modules.Vibs;

/// <summary>How bad a problem is.</summary>
public enum VibProblemSeverity
{
    /// <summary>Worth knowing; the package may do all the same.</summary>
    Warning,

    /// <summary>Hosts refuse it, or it is not what it says it is: do not install it.</summary>
    Error,
}

/// <summary>Something wrong with a package or a bundle.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Subject">What it is about: a package's id, a payload, an entry of the archive.</param>
/// <param name="What">One sentence without a trailing period. Names in it are as the file has them: escape before drawing.</param>
public sealed record VibProblem(VibProblemSeverity Severity, string Subject, string What);
