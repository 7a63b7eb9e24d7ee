using System.Runtime.InteropServices;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;

namespace OpsKit.Cli.Commands.Doctor;

/// <summary>Checks of the jump host itself: they contact no endpoint.</summary>
internal static class LocalChecks
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(JumpHost jumpHost, DoctorProbes probes, CancellationToken ct) =>
    [
        Finding.Ok("version", null, $"opskit {App.Version}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}"),
        StateFolder(jumpHost),
        await IcmpAsync(probes, ct),
    ];

    /// <summary>The credentials of the estate: each is looked at once, none is read.</summary>
    public static IEnumerable<Finding> Credentials(Estate estate, JumpHost jumpHost, bool interactive)
    {
        foreach (var credential in estate.Endpoints.Select(endpoint => endpoint.Credential).OfType<Credential>().DistinctBy(credential => credential.Name))
        {
            if (credential.Password is { } password)
                yield return Source(credential, password, jumpHost, interactive);
            if (credential.PrivateKeyFile is { } key)
                yield return PrivateFile(Name(credential), jumpHost.ResolvePath(key), "private key");
        }

        var without = estate.Endpoints.Where(endpoint => endpoint.Credential is null).Select(endpoint => endpoint.Name).ToList();
        if (without.Count > 0)
            yield return Finding.Warning("credential", null, $"no credential for {string.Join(", ", without)}", "give them one in the inventory: opskit help inventory");
    }

    /// <summary>How long connections are tried.</summary>
    public static Finding Timeouts(Estate estate)
    {
        var timeouts = estate.Endpoints.Select(endpoint => endpoint.ConnectTimeout.TotalSeconds).Distinct().Order().ToList();
        return Finding.Ok("timeouts", null, $"connections are tried for {string.Join(", ", timeouts.Select(seconds => $"{seconds:0.###} s"))}");
    }

    private static string Name(Credential credential) => $"{credential.Name} ({credential.UserName})";

    private static Finding Source(Credential credential, SecretReference reference, JumpHost jumpHost, bool interactive) => reference.Source switch
    {
        SecretSource.File => PrivateFile(Name(credential), jumpHost.ResolvePath(reference.Value), "password file"),
        SecretSource.Environment when jumpHost.Variable(reference.Value) is null =>
            Finding.Failure("credential", null, new OpsKitException(FailureKind.Usage, $"{Name(credential)}: the variable {reference.Value} is not set", next: $"export {reference.Value}=…")),
        SecretSource.Environment =>
            Finding.Warning("credential", null, $"{Name(credential)}: {reference} is set, and readable by this user's other processes", "file:PATH or cmd:COMMAND keeps it closer"),
        SecretSource.Prompt when !interactive =>
            Finding.Warning("credential", null, $"{Name(credential)}: is asked for, and there is no terminal here", "give it as file:PATH or cmd:COMMAND for unattended runs"),
        SecretSource.Prompt => Finding.Ok("credential", null, $"{Name(credential)}: is asked for"),
        _ => Finding.Ok("credential", null, $"{Name(credential)}: comes from {reference.Value.Split(' ')[0]} (not run)"),
    };

    private static Finding PrivateFile(string name, string path, string what)
    {
        try
        {
            SecretFile.RequirePrivate(path, name);
            using (File.OpenRead(path))
                return Finding.Ok("credential", null, $"{name}: {what} {path} is private");
        }
        catch (OpsKitException failure)
        {
            return Finding.Failure("credential", null, new OpsKitException(failure.Kind, $"{name}: {failure.What}", next: failure.Next ?? "opskit help secrets"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Failure("credential", null, new OpsKitException(FailureKind.Usage, $"{name}: {what} {path} cannot be read: {e.Message}", next: "run opskit as the file's owner"));
        }
    }

    private static Finding StateFolder(JumpHost jumpHost)
    {
        var folder = jumpHost.StateDirectory;
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".doctor-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Finding.Ok("state folder", null, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Failure("state folder", null, new OpsKitException(
                FailureKind.Usage, $"{folder} cannot be written: {e.Message}", next: "set OPSKIT_STATE_DIR to a folder of yours"));
        }
    }

    private static async Task<Finding> IcmpAsync(DoctorProbes probes, CancellationToken ct) =>
        await probes.WhyNoIcmpAsync(ct) is { } why
            ? Finding.Warning("ICMP", null, $"not permitted: {why}; TCP is used instead", OperatingSystem.IsLinux() ? "sysctl -w net.ipv4.ping_group_range='0 2147483647'" : null)
            : Finding.Ok("ICMP", null, "permitted");
}
