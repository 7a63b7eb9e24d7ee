namespace OpsKit.Lab.Esxi.Kinds;

/// <summary>Which commands only look.</summary>
internal static class CommandTable
{
    private static readonly HashSet<string> Runners = new(StringComparer.Ordinal)
    {
        "exec", "command", "eval", "sh", "ash", "env", "nohup", "setsid", "timeout", "xargs", "busybox", "time",
    };

    /// <summary>They look, whatever their arguments.</summary>
    private static readonly HashSet<string> Look = new(StringComparer.Ordinal)
    {
        ":", "[", "[[", "test", "true", "false", "echo", "printf", "cd", "chdir", "pwd", "export", "readonly", "local", "set", "unset", "shift", "read", "return", "break", "continue", "exit", "trap", "wait", "getopts",
        "let", "type", "times", "jobs", "hash", "umask", "alias", "unalias", "ulimit", "sleep", "usleep", "cat", "head", "tail", "grep", "egrep", "fgrep", "awk", "cut", "tr", "sort", "uniq", "wc", "seq", "basename",
        "dirname", "ls", "stat", "df", "du", "readlink", "realpath", "date", "uname", "hostname", "id", "whoami", "uptime", "ps", "printenv", "which", "expr", "yes", "zcat",
        "md5sum", "sha1sum", "sha256sum", "sha512sum", "vmware", "esxtop", "esxcfg-info", "netstat", "net-stats", "ping", "vmkping", "nc",
    };

    private static readonly HashSet<string> VimVerbs = new(StringComparer.Ordinal)
    {
        "help", "hostsvc/hostsummary", "hostsvc/runtimeinfo", "hostsvc/hosthardware", "hostsvc/hostconfig", "hostsvc/net/info", "hostsvc/net/config", "hostsvc/net/vswitch_info", "hostsvc/net/pnic_info",
        "hostsvc/net/vnic_info", "hostsvc/net/portgroup_info", "hostsvc/net/query_networkhint", "hostsvc/net/dns_info", "hostsvc/datastore/listsummary", "hostsvc/datastore/info", "hostsvc/storage/info", "hostsvc/service/list",
        "hostsvc/advopt/view", "hostsvc/advopt/options", "hostsvc/summary", "hostsvc/queryconnectioninfo", "hostsvc/autostartmanager/get_autostartseq", "hostsvc/firewall_info", "vimsvc/license", "vimsvc/task_list", "vimsvc/task_info",
        "vmsvc/getallvms", "vmsvc/power.getstate", "vmsvc/get.summary", "vmsvc/get.config", "vmsvc/get.guest", "vmsvc/get.runtime", "vmsvc/get.datastores", "vmsvc/get.networks", "vmsvc/get.filelayout", "vmsvc/get.snapshotinfo",
        "vmsvc/get.tasklist", "vmsvc/get.environment", "vmsvc/get.configoption", "vmsvc/get.capability", "vmsvc/get.disabledmethods", "vmsvc/get.spaceNeededForConsolidation", "vmsvc/get.managedentitystatus", "vmsvc/device.getdevices",
        "vmsvc/snapshot.get", "vmsvc/message",
    };

    /// <summary>Whether a command runs the command in its arguments.</summary>
    public static bool Runs(string name) => Runners.Contains(name);

    /// <summary>Whether a command changes something; an argument that is not known may be anything.</summary>
    public static bool Changes(string name, IReadOnlyList<string?> arguments)
    {
        if (Look.Contains(name))
            return false;
        return name switch
        {
            "kill" => arguments is not (["-0", ..] or ["-l", ..] or ["-s", "0", ..]),
            "tee" => arguments.Count > 0 && !arguments.All(word => word is "/dev/null" or ['-', ..]),
            "sed" => arguments.Any(word => word is null || (word is ['-', not '-', ..] && word.Contains('i', StringComparison.Ordinal))),
            "find" => arguments.Any(word => word is null or "-delete" or "-exec"),
            "gzip" or "gunzip" => !arguments.Any(word => word is ['-', ..] && (word.Contains('c', StringComparison.Ordinal) || word.Contains('t', StringComparison.Ordinal))),
            "vim-cmd" => arguments is not [{ } verb, ..] || !VimVerbs.Contains(verb.TrimStart('/')),
            "esxcfg-nics" or "esxcfg-vswitch" or "esxcfg-vmknic" or "esxcfg-scsidevs" or "esxcfg-advcfg" or "esxcfg-route" or "esxcfg-module" or "esxcfg-mpath" or "esxcfg-volume" or "esxcfg-nas" =>
                arguments.Count == 0 ? name is not "esxcfg-route" : arguments[0] is not ("-l" or "--list" or "-g" or "--get" or "-h" or "--help" or "-b" or "-c" or "-q"),
            "esxupdate" => !arguments.Any(word => word is "query" or "info" or "scan" or "--help" or "-h"),
            "chkconfig" => arguments.Count switch { 0 => false, 1 => arguments[0] is null, 2 => arguments[0] is not ("--list" or "-l"), _ => true },
            "vsish" => !arguments.Any(word => word is not null && (word.StartsWith("get ", StringComparison.Ordinal) || word.StartsWith("ls ", StringComparison.Ordinal) || word is "get" or "ls" or "cat")),
            "secureBoot.py" => arguments is not ["-s" or "--status" or "-c"],
            _ when name.StartsWith("/etc/init.d/", StringComparison.Ordinal) => arguments is not ["status", ..],
            _ => true,
        };
    }
}
