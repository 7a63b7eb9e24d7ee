using OpsKit.Lab.Esxi.Esxcli.Grammar;

namespace OpsKit.Lab.Tests.Esxi.Esxcli;

/// <summary>Arguments for any command that it can do something with.</summary>
internal static class ExplicitArguments
{
    public static string[] For(EsxcliLab lab, EsxcliCommand command)
    {
        lab.Put("/tmp/any.vib", new TestVib("any", "3.0-1") { Level = "partner", Signature = [0x30], ContentSha256 = lab.Host.Version[0] == '8' }.ToBytes());
        lab.Put("/tmp/any.zip", TestVib.Bundle("any-profile", new TestVib("any", "3.0-1") { Level = "partner", Signature = [0x30], ContentSha256 = lab.Host.Version[0] == '8' }));
        var arguments = new List<string>(command.Path.Split(' '));
        foreach (var option in command.Options.Where(option => option.Required || (option.Long == "--viburl" && command.Namespace.StartsWith("software", StringComparison.Ordinal))))
        {
            if (option.Kind == OptionKind.Flag)
                arguments.Add(option.Long);
            else
                arguments.AddRange([option.Short.Length > 0 ? option.Short : option.Long, Value(lab, command, option)]);
        }

        if (command is { Namespace: "system settings advanced", Verb: "set" })
            arguments.AddRange(["-i", "16"]);
        if (command is { Namespace: "network firewall ruleset", Verb: "set" })
            arguments.AddRange(["-a", "false"]);
        return [.. arguments];
    }

    private static string Value(EsxcliLab lab, EsxcliCommand command, EsxcliOption option) => option.Long switch
    {
        "--nic-name" => "vmnic0",
        "--world-id" => $"{OpsKit.Lab.Esxi.Worlds.Of(lab.Host, OpsKit.Lab.Esxi.Worlds.Running(lab.Estate, lab.Host).First())}",
        "--option" => "/NFS/MaxVolumes",
        "--module" => "vmkernel",
        "--ruleset-id" => "syslog",
        "--ip-address" => "127.1.2.3",
        "--vswitch-name" => "vSwitch0",
        "--depot" => "/tmp/any.zip",
        "--viburl" => "/tmp/any.vib",
        "--profile" => "any-profile",
        "--vibname" => lab.Host.Software.Running.Vibs.First(vib => vib.Type == "locker").Name,
        _ when option.Choices is { } choices => choices[^1],
        _ => option.Kind switch { OptionKind.Boolean => "true", OptionKind.Integer => "30", _ => command.Verb },
    };
}
