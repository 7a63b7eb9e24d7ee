using OpsKit.Lab.Esxi.Ash;
using OpsKit.Lab.Esxi.Processes;

namespace OpsKit.Lab.Esxi;

/// <summary>The shell a login gets.</summary>
internal static class LoginShell
{
    public static AshShell Create(EsxiSystem system, HostProcess process, Descriptors descriptors, string user, string name)
    {
        var shell = new AshShell(system, process, descriptors, name, "/");
        foreach (var (variable, value) in ((string, string)[])[("PATH", EsxiSystem.DefaultPath), ("HOME", "/"), ("USER", user), ("LOGNAME", user), ("SHELL", "/bin/sh"), ("PWD", "/")])
        {
            shell.Variables.Set(variable, value);
            shell.Variables.Export(variable);
        }

        shell.Variables.Set("IFS", " \t\n");
        shell.Variables.Set("PS2", "> ");
        shell.Variables.Set("PS4", "+ ");
        shell.Variables.Set("OPTIND", "1");
        return shell;
    }
}
