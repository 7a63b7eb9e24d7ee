namespace OpsKit.Lab.Esxi.Processes;

/// <summary>Signals by number and name.</summary>
internal static class HostSignal
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Pipe = 13;
    public const int Terminate = 15;
    public const int Xcpu = 24;

    /// <summary>The exit status of what a signal ended is this and its number.</summary>
    public const int StatusBase = 128;

    private static readonly string[] Known =
    [
        "EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN",
        "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "POLL", "PWR", "SYS",
    ];

    public static IReadOnlyList<string> Names => Known;

    /// <summary>The number of <c>TERM</c>, <c>SIGTERM</c> or <c>15</c>; null where there is no such signal.</summary>
    public static int? Number(string name)
    {
        if (int.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
            return number < Known.Length ? number : null;
        var plain = name.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        var index = Array.FindIndex(Known, known => known.Equals(plain, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index;
    }

    /// <summary>Those that a process does not die of by default.</summary>
    public static bool IsHarmless(int signal) => signal is 0 or 17 or 18 or 23 or 28;
}
