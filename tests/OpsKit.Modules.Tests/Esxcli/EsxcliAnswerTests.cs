using System.Text;
using CsCheck;
using OpsKit.Modules.Esxcli;
using OpsKit.TestKit;

namespace OpsKit.Modules.Tests.Esxcli;

/// <summary>What hosts of all versions answer, as it was seen in the field.</summary>
public sealed class EsxcliAnswerTests
{
    private const string Folder = "tests/OpsKit.Modules.Tests/Esxcli/Outputs";

    public static TheoryData<string> Outputs => [.. Repository.Files(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Output_of_the_field_is_read(string name) => Golden.ShouldMatch(Dump(EsxcliAnswer.Read(Repository.Read($"{Folder}/{name}.txt"))), $"output-{name}.txt");

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Line_ends_of_a_terminal_make_no_difference(string name)
    {
        var text = Repository.Read($"{Folder}/{name}.txt").ReplaceLineEndings("\n");
        Dump(EsxcliAnswer.Read(text.ReplaceLineEndings("\r\n"))).ShouldBe(Dump(EsxcliAnswer.Read(text)));
    }

    [Theory]
    [InlineData("<output><root><list>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><output><root><string>&a;</string></root></output>")]
    [InlineData("<html><body>gateway</body></html>")]
    public void Damaged_or_foreign_xml_is_refused(string text) => Should.Throw<FormatException>(() => EsxcliAnswer.Read(text));

    /// <summary>An answer that a lost connection cut is never taken for a shorter one.</summary>
    [Fact]
    public void Xml_that_is_cut_anywhere_is_refused()
    {
        var whole = Repository.Read($"{Folder}/nic-xml-8.0.txt").Trim();
        for (var length = 1; length < whole.Length; length++)
            Should.Throw<FormatException>(() => EsxcliAnswer.Read(whole[..length]), whole[..length]);
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_nothing_else_happens() => Gen.String[Gen.Char["<>/ -:=\n[]abZ0{}'\"&\t"], 0, 200].Sample(text =>
    {
        try
        {
            EsxcliAnswer.Read(text);
        }
        catch (FormatException)
        {
            // A reason is all it may give.
        }
    });

    /// <summary>What is written as a table, cell by cell, is read back, blanks within cells included.</summary>
    [Fact]
    public void Table_is_cut_where_its_dashes_are() =>
        (from columns in Gen.Int[1, 6]
         from rows in Gen.String[Gen.Char["ab c.:-"], 1, 12].Select(cell => cell.Trim(' ', '-') is { Length: > 0 } text ? text : "x").Array[columns].Array[0, 8]
         select (columns, rows)).Sample(table =>
         {
             var names = Enumerable.Range(0, table.columns).Select(place => $"Name {place}").ToArray();
             var records = EsxcliAnswer.Read(Table(names, table.rows)).Records;
             records.Count.ShouldBe(table.rows.Length);
             foreach (var (record, row) in records.Zip(table.rows))
                 names.Select(name => record.Text(name)).ShouldBe(row);
         });

    [Fact]
    public void Fields_are_found_by_letters_and_digits_whatever_the_format_calls_them()
    {
        var record = EsxcliAnswer.Read("Result\n   Reboot Required: True\n   VIBs Installed: a, b\n   DPU Results:\n").Records.ShouldHaveSingleItem();
        record.Flag("RebootRequired").ShouldBe(true);
        record.Texts("VIBsInstalled").ShouldBe(["a", "b"]);
        record.Text("DPUResults").ShouldBe("");
        record.Text("Message").ShouldBeNull();
    }

    private static string Table(string[] names, string[][] rows)
    {
        var widths = names.Select((name, place) => Math.Max(name.Length, rows.Select(row => row[place].Length).DefaultIfEmpty().Max())).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows.Prepend([.. widths.Select(width => new string('-', width))]).Prepend(names))
            text.AppendJoin("  ", row.Select((cell, place) => cell.PadRight(widths[place]))).Append('\n');
        return text.ToString();
    }

    private static string Dump(EsxcliAnswer answer)
    {
        var text = new StringBuilder();
        if (answer.Text is { } said)
            text.Append("text: ").Append(said).Append('\n');
        foreach (var record in answer.Records)
            Dump(text, record, "");
        return text.ToString();
    }

    private static void Dump(StringBuilder text, EsxcliRecord record, string indent)
    {
        text.Append(indent).Append("- ").Append(record.Title ?? "(no title)").Append('\n');
        foreach (var (name, value) in record.Fields)
        {
            text.Append(indent).Append("  ").Append(name).Append(" = ").Append(value.Text).Append(value.Items.Count > 1 ? $"  [{value.Items.Count} items]" : "").Append('\n');
            foreach (var nested in value.Records)
                Dump(text, nested, indent + "    ");
        }
    }
}
