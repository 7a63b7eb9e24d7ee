using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Vcsu;

/// <summary>What the utility says. Only the words of success and of a wrong address are known from real ones.</summary>
internal static class VcsuTexts
{
    public const string Version = "1.15.0";
    public const string Success = "updated successfully";
    public const string InvalidAddress = "Invalid IP address";
    public const string Question = "Would you like to continue with this update? [YES/NO]: ";

    private static readonly string Ruler = new('-', 79);

    public static string Banner => $"{Ruler}\nHPE BladeSystem c-Class Virtual Connect Support Utility\nVersion {Version} (Build 17)\n(C) Copyright 2007-2019 Hewlett Packard Enterprise Development LP\nAll rights reserved.\n{Ruler}\n";

    public static string Usage =>
        $"""

        Usage: vcsu -a <action> [-i <ip> -u <user> -p <password>] [-vcu <vc user> -vcp <vc password>] [-l <package>] [-q] [-f health]
                    [-oe <order>] [-of <order>] [-we <minutes>] [-wf <minutes>]

          -a         {string.Join(", ", VcsuOptions.Actions)}
          -i -u -p   IP address, user name and password of the Onboard Administrator
          -vcu -vcp  user name and password of the Virtual Connect domain
          -l         path or URL of the firmware package
          -q         asks nothing
          -f         health: goes on although the domain is not healthy
          -oe        order of activation of Ethernet modules: {string.Join(", ", VcsuOptions.Orders)} (default oddeven)
          -of        order of activation of Fibre Channel modules (default serial)
          -we -wf    minutes between activations of Ethernet and Fibre Channel modules, 0 to 60

        """.ReplaceLineEndings("\n");

    public static string Target(LabEnclosure enclosure, IEnumerable<(LabInterconnect Module, string Current, string? New)> modules)
    {
        var text = $"\n{Ruler}\nTarget configuration\n{Ruler}\n\nEnclosure Name   : {enclosure.Name}\nEnclosure Serial : {enclosure.Serial}\nVC Domain        : {enclosure.VcDomain}\n\n";
        text += "Bay  Module                                      Current Version  New Version\n---  ------------------------------------------  ---------------  -----------\n";
        foreach (var (module, current, to) in modules)
            text += $"{module.Bay,3}  {module.ProductName,-42}  {current,-15}  {to ?? "-"}".TrimEnd() + "\n";
        return text + "\n";
    }

    public const string Warning =
        """
        During the update process, modules being updated will be temporarily unavailable. In addition, the update process should NOT be
        interrupted by removing or resetting modules, or by closing the application. Interrupting the update or the modules being updated may
        cause the modules to not function correctly.

        Please verify the above report before continuing.

        """;
}
