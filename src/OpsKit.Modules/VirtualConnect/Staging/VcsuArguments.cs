namespace OpsKit.Modules.VirtualConnect;

/// <summary>VCSU's command lines.</summary>
internal static class VcsuArguments
{
    /// <summary>What it is to leave to the operator: the activation of Ethernet and of Fibre Channel modules.</summary>
    private static readonly string[] ByHand = ["-oe", "manual", "-of", "manual"];

    public static IReadOnlyList<string> Help { get; } = ["-a", "help"];

    public static IReadOnlyList<string> HealthCheck(VcsuAccess access, bool passwords) => Of("healthcheck", access, passwords);

    public static IReadOnlyList<string> ConfigurationBackup(VcsuAccess access, bool passwords) => Of("configbackup", access, passwords);

    /// <summary>Writes a package to all modules and activates none.</summary>
    public static IReadOnlyList<string> Update(VcsuAccess access, string package, bool passwords) => [.. Of("update", access, passwords), "-l", package, .. ByHand];

    /// <summary>As for a log: without passwords.</summary>
    public static string Shown(IEnumerable<string> arguments)
    {
        var shown = new List<string>();
        var hidden = false;
        foreach (var argument in arguments)
        {
            shown.Add(hidden ? "***" : argument);
            hidden = argument is "-p" or "-vcp";
        }

        return string.Join(' ', shown);
    }

    /// <summary>Without passwords it must be able to ask: <c>-q</c> would keep it from that.</summary>
    private static List<string> Of(string action, VcsuAccess access, bool passwords) => passwords
        ? ["-a", action, "-i", access.Address, "-u", access.User, "-p", access.Password.Reveal(), "-vcu", access.VcUser, "-vcp", access.VcPassword.Reveal(), "-q"]
        : ["-a", action, "-i", access.Address, "-u", access.User, "-vcu", access.VcUser];
}
