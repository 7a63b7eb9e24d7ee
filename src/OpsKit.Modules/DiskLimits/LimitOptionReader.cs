using OpsKit.Connections.Yaml;

namespace OpsKit.Modules.DiskLimits;

/// <summary>Reads the options of <c>disk.limit</c>; what is wrong is reported at its place.</summary>
internal static class LimitOptionReader
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly string[] NotWithUndo = ["disk", "above"];

    private delegate bool RateParser(string text, out long value, out string wrong);

    public static DiskLimitOptions Read(YamlMap with)
    {
        var options = new DiskLimitOptions
        {
            Disks = with.Texts("disk"),
            Iops = RateOf(with, "iops", Rate.TryParseIops),
            BytesPerSecond = RateOf(with, "bps", Rate.TryParseBps),
            IoSizeKb = (int)(with.Integer("io-size", 1, 65_536) ?? 64),
            Clear = with.Boolean("clear") ?? false,
            Enforce = with.Boolean("enforce") ?? false,
            Above = RateOf(with, "above", Rate.TryParseIops),
            Prove = with.Duration("prove", TimeSpan.Zero, Longest) ?? TimeSpan.Zero,
            Undo = with.Text("undo"),
        };
        if (options.Prove > TimeSpan.Zero && options.Prove < DiskLoadReader.Sample)
            with.Wrong("prove", "\"prove\" is shorter than a sample of the counters, expected 20s to 10m, or 0s");
        CheckTogether(with, options);
        return options;
    }

    private static void CheckTogether(YamlMap with, DiskLimitOptions options)
    {
        var sets = with.Has("iops") || with.Has("bps");
        if ((sets ? 1 : 0) + (options.Clear ? 1 : 0) + (options.Undo is null ? 0 : 1) is var asked && asked != 1)
            with.Wrong(asked == 0 ? "one of \"iops\", \"bps\", \"clear\" and \"undo\" must say what is wanted" : "a limit, \"clear\" and \"undo\" exclude each other: leave all but one out");
        if (options.Enforce && options.Iops is null && !with.Has("iops"))
            with.Wrong("enforce", "\"enforce\" is about a limit, and \"iops\" is not given");
        if (options.Undo is not null)
        {
            foreach (var key in NotWithUndo.Where(with.Has))
                with.Wrong(key, $"\"{key}\" and \"undo\" exclude each other: the file says which disks");
        }
    }

    private static long? RateOf(YamlMap with, string key, RateParser parse)
    {
        if (with.Text(key) is not { } text)
            return null;
        if (parse(text, out var value, out var wrong))
            return value;
        with.Wrong(key, $"\"{key}\": {wrong}");
        return null;
    }
}
