using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Systems;

/// <summary>Advanced options: what vCenter calls <c>Net.TcpipHeapSize</c> is <c>/Net/TcpipHeapSize</c> here.</summary>
internal static class AdvancedSettings
{
    private static readonly Dictionary<string, (long Default, long Least, long Most, string Description)> Integers = new(StringComparer.Ordinal)
    {
        ["Disk.SchedNumReqOutstanding"] = (32, 1, 256, "Number of outstanding commands to a target with competing worlds"),
        ["Disk.SchedulerWithReservation"] = (1, 0, 1, "Disk IO scheduler with reservations"),
        ["Disk.UseDeviceReset"] = (0, 0, 1, "Reset the device, not the target"),
        ["Misc.vsanWitnessVirtualAppliance"] = (0, 0, 1, "Whether this is a vSAN witness"),
        ["Net.TcpipHeapSize"] = (0, 0, 32, "Size of the TCP/IP heap in MB"),
        ["NFS.MaxVolumes"] = (8, 8, 256, "Most mounted NFS volumes"),
        ["UserVars.ESXiShellTimeOut"] = (0, 0, 86400, "Seconds before the shell is disabled"),
        ["UserVars.SuppressShellWarning"] = (0, 0, 1, "Do not show a warning for an enabled shell"),
    };

    public static EsxcliValue List(EsxcliCall call)
    {
        var options = call.Host.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => Record(call, option.Key, option.Value));
        if (call.Options.Text("--option") is { } wanted)
        {
            var key = KeyOf(call, wanted);
            return EsxcliList.OfRecords([Record(call, key, call.Host.Options[key])]);
        }

        if (call.Options.Text("--tree") is { } tree)
            options = options.Where(option => Path(option).StartsWith(tree.TrimEnd('/') + "/", StringComparison.Ordinal));
        if (call.Options.Has("--delta"))
            options = options.Where(IsChanged);
        return EsxcliList.OfRecords(options);
    }

    public static EsxcliValue Set(EsxcliCall call)
    {
        var key = KeyOf(call, call.Options.Text("--option")!);
        var (number, text, reset) = (call.Options.Integer("--int-value"), call.Options.Text("--string-value"), call.Options.Has("--default"));
        if ((number is null ? 0 : 1) + (text is null ? 0 : 1) + (reset ? 1 : 0) != 1)
            throw new EsxcliException("Invalid parameters: exactly one of --int-value, --string-value and --default is needed");
        if (call.Host.Options[key] is string)
        {
            call.Host.Options[key] = reset ? "" : text ?? throw new EsxcliException($"Invalid parameters: {PathOf(key)} is a string option, use --string-value");
            return EsxcliValue.Done;
        }

        var (standard, least, most) = Range(key);
        var value = reset ? standard : number ?? throw new EsxcliException($"Invalid parameters: {PathOf(key)} is an integer option, use --int-value");
        if (value < least || value > most)
            throw new EsxcliException($"Unable to set {PathOf(key)}: {value} is not between {least} and {most}");
        call.Host.Options[key] = value;
        return EsxcliValue.Done;
    }

    private static EsxcliRecord Record(EsxcliCall call, string key, object value)
    {
        var (standard, least, most) = value is string ? (0, 0, 0) : Range(key);
        var fields = new List<EsxcliField>
        {
            ("Path", PathOf(key)), ("Type", value is string ? "string" : "integer"), ("Int Value", value is long number ? number : 0), ("Default Int Value", standard),
            ("Min Value", least), ("Max Value", most), ("String Value", value as string ?? ""), ("Default String Value", ""), ("Valid Characters", value is string ? "*" : ""),
            ("Description", Integers.TryGetValue(key, out var known) ? known.Description : ""),
        };
        if (call.IsAtLeast(7))
            fields.AddRange([("Host Specific", false), ("Impact", "none")]);
        return new EsxcliRecord("SettingsAdvancedOption", null, fields);
    }

    private static bool IsChanged(EsxcliRecord option) =>
        option.Fields[2].Value != option.Fields[3].Value || option.Fields[6].Value != option.Fields[7].Value;

    private static string Path(EsxcliRecord option) => option.Fields[0].Value.ToString();

    private static (long Default, long Least, long Most) Range(string key) =>
        Integers.TryGetValue(key, out var known) ? (known.Default, known.Least, known.Most) : (0, 0, int.MaxValue);

    private static string PathOf(string key) => "/" + key.Replace('.', '/');

    private static string KeyOf(EsxcliCall call, string path) => path.StartsWith('/') && call.Host.Options.Keys.FirstOrDefault(key => PathOf(key) == path) is { } found
        ? found
        : throw new EsxcliException($"Unable to find option {path}");
}
