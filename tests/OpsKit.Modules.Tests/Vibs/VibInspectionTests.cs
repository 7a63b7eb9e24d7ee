using System.Text.Json.Nodes;
using OpsKit.Modules.Vibs;

namespace OpsKit.Modules.Tests.Vibs;

public sealed class VibInspectionTests
{
    [Fact]
    public void Tables_have_packages_payloads_files_and_problems()
    {
        var tables = VibInspectReport.Of([Inspect(VibSample.Bundle(sizeLie: 1, VibSample.Package()))]);

        tables.Select(table => (table.Name, table.Rows.Count)).ShouldBe([("vib-inspect", 1), ("vib-payloads", 2), ("vib-files", 1), ("vib-problems", 1)]);
        tables[0].Rows[0][1].ShouldBe("ACME_bootbank_net-sample_1.0.0-1");
        tables[1].Rows.Select(row => row[9]).ShouldBe(["verified", "verified"]);
        tables[2].Rows[0][4].ShouldBe("0644");
        tables[3].Rows[0][1].ShouldBe("error");
    }

    [Fact]
    public void Document_tells_all_and_nothing_that_a_terminal_obeys()
    {
        using var written = new MemoryStream();
        VibInspectJson.Write([Inspect(VibSample.Package(edit: text => text.Replace("A sample", "A \u202Esample\u009B", StringComparison.Ordinal)))], written);

        written.ToArray().ShouldAllBe(letter => letter == '\n' || (letter >= ' ' && letter < 0x7F));
        var package = JsonNode.Parse(written.ToArray())!["files"]![0]!["packages"]![0]!;
        package["summary"]!.GetValue<string>().ShouldBe("A \u202Esample\u009B");
        package["acceptanceLevel"]!.GetValue<string>().ShouldBe("CommunitySupported");
        package["payloads"]![0]!["digests"]!.AsArray().Select(digest => digest!["result"]!.GetValue<string>()).ShouldBe(["verified", "verified"]);
        package["esxi"]!.AsArray().Single(fit => fit!["line"]!.GetValue<string>() == "8.0")!["fitness"]!.GetValue<string>().ShouldBe("refused");
    }

    [Fact]
    public void Bundle_in_a_vendors_zip_has_its_place_in_the_document()
    {
        using var written = new MemoryStream();
        VibInspectJson.Write([Inspect(VibSample.Zip(("a-offline_bundle.zip", VibSample.Bundle(VibSample.Package()))))], written);

        var file = JsonNode.Parse(written.ToArray())!["files"]![0]!;
        file["kind"]!.GetValue<string>().ShouldBe("vendor ZIP");
        file["inner"]![0]!["packages"]!.AsArray().Count.ShouldBe(1);
        file["inner"]![0]!["metadata"]!["bulletins"]![0]!.GetValue<string>().ShouldBe("ACME-1");
    }

    private static VibInspection Inspect(byte[] bytes) => VibInspection.Of(VibReaderTests.Read(bytes), EsxiReleasesReader.BuiltIn);
}
