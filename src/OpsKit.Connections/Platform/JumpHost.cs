namespace OpsKit.Connections.Platform;

/// <summary>
/// The one door to the machine OpsKit runs on: its environment variables, folders and clock. Tests hand in their own.
/// </summary>
public sealed record JumpHost
{
    /// <summary>The machine this process runs on.</summary>
    public static JumpHost Current { get; } = FromProcess();

    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The working folder.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The user's home folder.</summary>
    public required string HomeDirectory { get; init; }

    /// <summary>Configuration of the user: <c>OPSKIT_CONFIG_DIR</c>, else <c>$XDG_CONFIG_HOME/opskit</c>, else <c>~/.config/opskit</c>; <c>%APPDATA%\opskit</c> on Windows.</summary>
    public required string ConfigDirectory { get; init; }

    /// <summary>State of the user (trust, history, journal): <c>OPSKIT_STATE_DIR</c>, else <c>$XDG_STATE_HOME/opskit</c>, else <c>~/.local/state/opskit</c>; <c>%LOCALAPPDATA%\opskit</c> on Windows.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Who runs OpsKit: the account's name, and the machine's.</summary>
    public string UserName => $"{Variable("SUDO_USER") ?? Variable("USER") ?? Variable("USERNAME") ?? Variable("LOGNAME") ?? System.Environment.UserName}@{Variable("HOSTNAME") ?? Variable("COMPUTERNAME") ?? System.Environment.MachineName}";

    /// <summary>An environment variable's value, or null where it is unset or empty.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A path as the operator wrote it: <c>~/</c> is the home folder, anything relative is relative to the working folder.</summary>
    public string ResolvePath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(HomeDirectory, path.Length > 2 ? path[2..] : "")
            : Path.GetFullPath(path, WorkingDirectory);
    }

    /// <summary>A jump host with the given environment, for tests and for hosts that embed the library.</summary>
    public static JumpHost From(IReadOnlyDictionary<string, string> environment, string homeDirectory, string workingDirectory, bool windows)
    {
        string? Get(string name) => environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
        string Folder(string own, string xdg, string unixDefault, string windowsVariable) =>
            Get(own)
            ?? (windows
                ? Path.Combine(Get(windowsVariable) ?? homeDirectory, "opskit")
                : Path.Combine(Get(xdg) ?? Path.Combine(homeDirectory, unixDefault), "opskit"));

        return new JumpHost
        {
            Environment = environment,
            WorkingDirectory = workingDirectory,
            HomeDirectory = homeDirectory,
            ConfigDirectory = Folder("OPSKIT_CONFIG_DIR", "XDG_CONFIG_HOME", ".config", "APPDATA"),
            StateDirectory = Folder("OPSKIT_STATE_DIR", "XDG_STATE_HOME", Path.Combine(".local", "state"), "LOCALAPPDATA"),
        };
    }

    private static JumpHost FromProcess()
    {
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var variables = new Dictionary<string, string>(comparer);
#pragma warning disable RS0030 // This is the door.
        foreach (System.Collections.DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
#pragma warning restore RS0030
            variables[(string)entry.Key] = (string?)entry.Value ?? "";

        return From(
            variables,
            System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
            Directory.GetCurrentDirectory(),
            OperatingSystem.IsWindows());
    }
}
