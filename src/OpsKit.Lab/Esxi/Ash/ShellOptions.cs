namespace OpsKit.Lab.Esxi.Ash;

/// <summary>What <c>set</c> switches.</summary>
internal sealed record ShellOptions
{
    public bool StopOnError { get; init; }

    public bool RequireSet { get; init; }

    public bool Trace { get; init; }

    public bool NoGlob { get; init; }

    public bool NoExecute { get; init; }

    public bool ExportAll { get; init; }

    public bool NoClobber { get; init; }

    public bool PipeFail { get; init; }

    public bool Interactive { get; init; }

    /// <summary>The value of <c>$-</c>.</summary>
    public string Letters => string.Concat(
        StopOnError ? "e" : "", NoGlob ? "f" : "", Interactive ? "i" : "", NoExecute ? "n" : "", Trace ? "x" : "", NoClobber ? "C" : "", ExportAll ? "a" : "", RequireSet ? "u" : "");

    /// <summary>Switched by a letter; null where there is no such option.</summary>
    public ShellOptions? With(char letter, bool on) => letter switch
    {
        'e' => this with { StopOnError = on },
        'u' => this with { RequireSet = on },
        'x' => this with { Trace = on },
        'f' => this with { NoGlob = on },
        'n' => this with { NoExecute = on },
        'a' => this with { ExportAll = on },
        'C' => this with { NoClobber = on },
        'i' => this with { Interactive = on },
        'v' or 'm' or 'b' or 'I' or 'V' or 's' => this,
        _ => null,
    };

    /// <summary>Switched by the name that follows <c>-o</c>.</summary>
    public ShellOptions? With(string name, bool on) => name switch
    {
        "errexit" => With('e', on),
        "nounset" => With('u', on),
        "xtrace" => With('x', on),
        "noglob" => With('f', on),
        "noexec" => With('n', on),
        "allexport" => With('a', on),
        "noclobber" => With('C', on),
        "pipefail" => this with { PipeFail = on },
        "verbose" or "monitor" or "notify" or "ignoreeof" or "vi" or "nolog" => this,
        _ => null,
    };
}
