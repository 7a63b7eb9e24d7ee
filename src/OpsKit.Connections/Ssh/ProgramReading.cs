using System.Buffers;
using System.Text.RegularExpressions;

namespace OpsKit.Connections.Ssh;

/// <summary>Which programs of an ESXi shell read only, and with which arguments.</summary>
internal static partial class ProgramReading
{
    private delegate bool Arguments(ReadOnlySpan<string> arguments);

    private static readonly SearchValues<char> Control = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '\u007f', '\u0085', '\u2028', '\u2029']);

    private static readonly Dictionary<string, Arguments> Programs = new(StringComparer.Ordinal)
    {
        ["cat"] = static arguments => arguments.Length > 0 && AreFiles(arguments),
        ["df"] = static arguments => AreFiles(Without(arguments, "-h", "-k", "-m", "-i")),
        ["du"] = static arguments => AreFiles(Without(arguments, "-s", "-k", "-m", "-h")),
        ["ls"] = static arguments => AreFiles(Without(arguments, "-l", "-a", "-la", "-al", "-1", "-d", "-ld", "-lh", "-t", "-lt", "-R")),
        ["stat"] = static arguments => arguments.Length > 0 && AreFiles(Without(arguments, "-t", "-f", "-L")),
        ["md5sum"] = static arguments => arguments.Length > 0 && AreFiles(arguments),
        ["sha1sum"] = static arguments => arguments.Length > 0 && AreFiles(arguments),
        ["sha256sum"] = static arguments => arguments.Length > 0 && AreFiles(arguments),
        ["head"] = static arguments => AreFiles(WithoutCount(arguments)),
        ["tail"] = static arguments => AreFiles(WithoutCount(arguments)),
        ["grep"] = static arguments => arguments is ["-F", "-m", var count, ..] && Count().IsMatch(count) && WithoutPatterns(arguments[3..]) is [_, ..] files && AreFiles(files),
        ["date"] = static arguments => arguments is [] or ["-u"],
        ["hostname"] = static arguments => arguments is [] or ["-f"],
        ["uname"] = static arguments => arguments is [] or ["-a"] or ["-r"] or ["-m"] or ["-v"],
        ["uptime"] = static arguments => arguments is [],
        ["lspci"] = static arguments => arguments is [] or ["-v"] or ["-p"] or ["-n"],
        ["chkconfig"] = static arguments => arguments is ["--list"] or ["-l"],
        ["vmware"] = static arguments => arguments is ["-v"] or ["-l"] or ["-vl"],
        ["vmkload_mod"] = static arguments => arguments is ["-l"] or ["-s", _],
        ["vmkfstools"] = static arguments => arguments is ["-P" or "-Ph", var path] && IsFile(path),
        ["net-stats"] = static arguments => arguments is ["-l"],
        ["vsish"] = static arguments => arguments is ["-e", "get" or "cat" or "ls", var node] && Node().IsMatch(node),
        ["esxtop"] = static arguments => Without(arguments, "-a") is ["-b", "-n", var count] && Count().IsMatch(count),
        ["esxcfg-advcfg"] = static arguments => arguments is ["-l"] or ["-g", _],
        ["esxcfg-scsidevs"] = static arguments => arguments is ["-l"] or ["-a"] or ["-c"] or ["-m"] or ["-u"],
        ["esxcfg-mpath"] = static arguments => arguments is ["-l"] or ["-b"] or ["-m"],
        ["/usr/lib/vmware/secureboot/bin/secureBoot.py"] = static arguments => arguments is ["-s"],
        ["vim-cmd"] = static arguments => arguments is [var call, ..] && VimCalls().IsMatch(call),
    };

    /// <summary>The command line.</summary>
    public static string Line(string program, ReadOnlySpan<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(program);
        var shown = $"{program} {string.Join(' ', arguments)}".TrimEnd();
        foreach (var argument in arguments)
        {
            if (!IsOneLine(argument))
                throw ReadingCommand.Refused(shown, "an argument has control characters in it");
        }

        if (!(Programs.TryGetValue(program, out var reads) ? reads(arguments) : Listing().IsMatch(program) && arguments is ["-l" or "--list"]))
            throw ReadingCommand.Refused(shown, Programs.ContainsKey(program) ? "not with these arguments" : "the program is not on the list");
        return PosixShell.Command([program, .. arguments]);
    }

    /// <summary>Whether a text has no control characters in it.</summary>
    public static bool IsOneLine(string text) => text is not null && text.AsSpan().IndexOfAny(Control) < 0;

    /// <summary>Devices are no files: reading one can act or never end.</summary>
    private static bool AreFiles(ReadOnlySpan<string> arguments)
    {
        foreach (var argument in arguments)
        {
            if (!IsFile(argument))
                return false;
        }

        return true;
    }

    private static bool IsFile(string path) =>
        path.StartsWith('/') && !path.StartsWith("/dev/", StringComparison.Ordinal) && !path.Contains("//", StringComparison.Ordinal)
        && !path.Split('/').Any(part => part is "." or "..");

    private static ReadOnlySpan<string> Without(ReadOnlySpan<string> arguments, params ReadOnlySpan<string> flags)
    {
        while (arguments is [var first, ..] && flags.Contains(first))
            arguments = arguments[1..];
        return arguments;
    }

    /// <summary>Each pattern behind its <c>-e</c>, so that none is taken for an option or a file.</summary>
    private static ReadOnlySpan<string> WithoutPatterns(ReadOnlySpan<string> arguments)
    {
        while (arguments is ["-e", _, ..])
            arguments = arguments[2..];
        return arguments;
    }

    private static ReadOnlySpan<string> WithoutCount(ReadOnlySpan<string> arguments) =>
        arguments is ["-n" or "-c", var count, ..] && Count().IsMatch(count) ? arguments[2..] : arguments;

    /// <summary>Calls of <c>vim-cmd</c>: those that get, and a few that tell without being called so.</summary>
    [GeneratedRegex(
        @"^/?(vmsvc/(getallvms|get\.[a-z]+|[a-z]+\.get[a-z]*)|hostsvc/(hosthardware|hostsummary|hostconfig|runtimeinfo|get[a-z]+)"
        + @"|hostsvc/(net|advopt|datastore|storage|vmotion|autostartmanager)/(info|view|get[a-z_]*|listsummary|query_networkhint)|vimsvc/(task_list|task_info))\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VimCalls();

    [GeneratedRegex(@"^esxcfg-(nics|vswitch|vmknic|route|module|volume|dumppart|hwiscsi|fcoe|ipsec)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listing();

    [GeneratedRegex(@"^(/[A-Za-z0-9_.:-]+)+/?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Node();

    [GeneratedRegex(@"^[1-9][0-9]{0,6}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Count();
}
