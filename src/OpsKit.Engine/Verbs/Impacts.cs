namespace OpsKit.Engine.Verbs;

/// <summary>Impacts as plans, files and people write them.</summary>
public static class Impacts
{
    /// <summary>The word, such as <c>maintenance-mode</c>.</summary>
    public static string Word(this Impact impact) => impact switch
    {
        Impact.Stun => "stun",
        Impact.MachineRestart => "vm-restart",
        Impact.NetworkPath => "network-path",
        Impact.MaintenanceMode => "maintenance-mode",
        Impact.HostReboot => "host-reboot",
        _ => "none",
    };

    /// <summary>What it means for those whose work runs there.</summary>
    public static string Meaning(this Impact impact) => impact switch
    {
        Impact.Stun => "virtual machines stand still for a moment",
        Impact.MachineRestart => "virtual machines are shut down and started again",
        Impact.NetworkPath => "a network path goes away for a time",
        Impact.MaintenanceMode => "hosts run no virtual machines for a time",
        Impact.HostReboot => "hosts restart",
        _ => "nothing that a guest or its users notice",
    };

    /// <summary>Whether whoever begins it must type the name of what it touches.</summary>
    public static bool IsSevere(this Impact impact) => impact is Impact.MachineRestart or Impact.NetworkPath or Impact.HostReboot;

    /// <summary>The impact of a word.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public static Impact Of(string word)
    {
        foreach (var impact in Enum.GetValues<Impact>())
        {
            if (impact.Word() == word)
                return impact;
        }

        throw new FormatException($"\"{word}\" is no impact");
    }
}
