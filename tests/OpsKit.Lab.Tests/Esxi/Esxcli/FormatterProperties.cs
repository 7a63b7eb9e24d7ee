using System.Text.Json;
using System.Xml.Linq;
using CsCheck;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Esxi.Esxcli;
using OpsKit.Lab.Esxi.Esxcli.Grammar;

namespace OpsKit.Lab.Tests.Esxi.Esxcli;

/// <summary>All commands in all versions, in every format.</summary>
public sealed class FormatterProperties
{
    public static TheoryData<string> Versions => [.. EsxcliLab.Versions.Select(each => each.Version)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Formats_agree_on_the_values(string version)
    {
        using var lab = new EsxcliLab(version);
        foreach (var command in CommandTree.Of(Version.Parse(version)).Commands.Where(command => !command.Changes))
        {
            var arguments = ExplicitArguments.For(lab, command);
            if (command.Path is "system time get" or "hardware clock get" or "system stats uptime get" or "network nic stats get")
                continue;
            var xml = ValuesOfXml(Output(lab, "xml", arguments));
            ValuesOfJson(Output(lab, "json", arguments)).ShouldBe(xml, $"{version} {command.Path}");
            var inLines = InLines(xml);
            ValuesOfKeyValue(Output(lab, "keyvalue", arguments)).ShouldBe(inLines, $"{version} {command.Path}");

            // CSV has the same nothing for empty lists and for empty text.
            ValuesOfCsv(Output(lab, "csv", arguments)).Where(value => value.Length > 0).ShouldBe(inLines.Where(value => value.Length > 0), $"{version} {command.Path}");
            if (command.IsTable)
                xml.ToHashSet(StringComparer.Ordinal).IsSupersetOf(ValuesOfTable(lab.Run(arguments).Text)).ShouldBeTrue($"{version} {command.Path}");
            Output(lab, "python", arguments).ShouldNotBeNull();
            XElement.Parse(Output(lab, "html", arguments));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Changes_end_with_0_or_1_in_every_format_and_leave_the_queries_working(string version)
    {
        foreach (var formatter in new[] { "xml", "csv", "keyvalue", "json", "python", "html", "table", "simple" })
        {
            using var lab = new EsxcliLab(version);
            lab.Host.Cluster.DrsBehavior = "fullyAutomated";
            foreach (var command in CommandTree.Of(Version.Parse(version)).Commands.Where(command => command.Changes && command.Namespace != "system shutdown"))
            {
                string[] arguments = ["--debug", $"--formatter={formatter}", .. ExplicitArguments.For(lab, command)];
                EsxcliProgram.IsChange(arguments, version).ShouldBeTrue(command.Path);
                lab.Run(arguments).ExitCode.ShouldBeInRange(0, 1);
                if (lab.Host.InMaintenanceMode)
                    lab.Estate.Machines.First(machine => machine.PowerState == "poweredOn").Host = lab.Host;
            }

            foreach (var command in CommandTree.Of(Version.Parse(version)).Commands.Where(command => !command.Changes))
                lab.Run(["--debug", $"--formatter={formatter}", .. ExplicitArguments.For(lab, command)]).ExitCode.ShouldBe(0, command.Path);
        }
    }

    [Fact]
    public void No_command_line_throws()
    {
        var words = CommandTree.Of(new Version(8, 0, 2)).Commands.SelectMany(command => command.Path.Split(' ')
                .Concat(command.Options.SelectMany(option => new[] { option.Short, option.Long, option.Long + "=x" })))
            .Concat(["--help", "-?", "", "-", "--", "=", "--formatter", "--formatter=xml", "--debug", "true", "1", "-1", "99999999999999999999", "/", "../..", "/tmp", "vmnic0", "\0", "é\n"])
            .Distinct(StringComparer.Ordinal).ToArray();
        using var lab = new EsxcliLab();
        Gen.Int[0, words.Length - 1].Select(index => words[index]).Array[0, 8].Sample(arguments => lab.Run(arguments).ExitCode is 0 or 1, iter: 400, threads: 1);
    }

    [Fact]
    public void Hostile_names_stay_values_in_every_format()
    {
        const string letters = "aZ0 -_.:;/%$#!?*()[]{}=+~\n\",<>&\\'\u00e4\u20ac";
        using var lab = new EsxcliLab("8.0.2");
        var machine = lab.Estate.Machines.First(machine => machine.Host == lab.Host && machine.PowerState == "poweredOn");
        Gen.Int[0, letters.Length - 1].Select(index => letters[index]).Array[1, 20].Select(drawn => new string(drawn)).Sample(
            drawn =>
            {
                var name = drawn + ".";
                lock (lab.Estate.Gate)
                    machine.Name = name;
                string[] arguments = ["vm", "process", "list"];
                var xml = ValuesOfXml(Output(lab, "xml", arguments));
                return xml.Contains(name)
                    && ValuesOfJson(Output(lab, "json", arguments)).SequenceEqual(xml)
                    && ValuesOfCsv(Output(lab, "csv", arguments)).SequenceEqual(InLines(xml))
                    && ValuesOfKeyValue(Output(lab, "keyvalue", arguments)).SequenceEqual(InLines(xml));
            },
            iter: 100, threads: 1);
    }

    private static string Output(EsxcliLab lab, string formatter, string[] arguments)
    {
        var (exitCode, text) = lab.Run(["--debug", $"--formatter={formatter}", .. arguments]);
        exitCode.ShouldBe(0, $"{string.Join(' ', arguments)}: {text}");
        return text;
    }

    private static List<string> ValuesOfXml(string text) => Sorted(XDocument.Parse(text, LoadOptions.PreserveWhitespace).Descendants()
        .Where(element => element.Name.LocalName is "string" or "integer" or "boolean").Select(element => element.Value));

    /// <summary>Formats of lines write a line break as two characters.</summary>
    private static List<string> InLines(IEnumerable<string> values) => Sorted(values.Select(value => value.Replace("\n", "\\n", StringComparison.Ordinal)));

    private static List<string> ValuesOfKeyValue(string text) => Sorted(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.EndsWith("[] = ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]));

    private static List<string> ValuesOfJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Sorted(Flatten(document.RootElement));

        static IEnumerable<string> Flatten(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Flatten(member.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Flatten),
            JsonValueKind.String => [element.GetString()!],
            _ => [element.GetRawText()],
        };
    }

    /// <summary>Cells that hold lists are split in turn; they are those that end with a comma.</summary>
    private static List<string> ValuesOfCsv(string text)
    {
        var lines = Lines(text);
        return Sorted(lines.Skip(lines.Count > 1 || lines is [[_, _, ..]] ? 1 : 0).SelectMany(line => line).SelectMany(Flatten));

        static IEnumerable<string> Flatten(string cell) => cell.Length > 1 && cell[^1] == ',' ? Lines(cell + "\n")[0].SelectMany(Flatten) : [cell];
    }

    /// <summary>Every cell ends with a comma.</summary>
    private static List<List<string>> Lines(string text)
    {
        var lines = new List<List<string>>();
        var line = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '\n')
            {
                lines.Add(line);
                line = [];
                at++;
                continue;
            }

            var cell = new System.Text.StringBuilder();
            if (text[at] == '"')
            {
                for (at++; text[at] != '"' || text[at + 1] == '"'; at++)
                {
                    cell.Append(text[at]);
                    if (text[at] == '"')
                        at++;
                }

                at++;
            }

            for (; text[at] != ','; at++)
                cell.Append(text[at]);
            at++;
            line.Add(cell.ToString());
        }

        return lines;
    }

    /// <summary>Cut by the runs of dashes. Cells with several values are left out.</summary>
    private static List<string> ValuesOfTable(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
            return [];
        var widths = lines[1].Split("  ").Select(run => run.Length).ToList();
        lines[1].Replace("  ", "", StringComparison.Ordinal).ShouldAllBe(letter => letter == '-');
        var values = new List<string>();
        foreach (var row in lines.Skip(2))
        {
            var at = 0;
            foreach (var width in widths)
            {
                values.Add(row.PadRight(at + width).Substring(at, width).Trim());
                at += width + 2;
            }
        }

        return Sorted(values.Where(value => !value.Contains(", ", StringComparison.Ordinal)));
    }

    private static List<string> Sorted(IEnumerable<string> values) => [.. values.Order(StringComparer.Ordinal)];
}
