using OpsKit.Modules.Licensing;
using OpsKit.TestKit;

namespace OpsKit.Modules.Tests.Licensing.History;

public sealed class VramHistoryReportTests
{
    private static readonly DateOnly Today = new(2011, 8, 20);

    [Fact]
    public void History_shows_marks_average_and_what_is_missing()
    {
        var marks = Enumerable.Range(0, 3)
            .SelectMany(day => VramHistory.MarksOf(EstateBuilder.Vram(ShowcaseEstate.Build()), EstateBuilder.Now.AddDays(day * 2)))
            .Select((mark, i) => mark with { UsedMB = mark.UsedMB + i * 1024 });
        var table = VramHistoryReport.Of(new VramHistory([.. marks], [new DamagedLine(7, "torn")]), "2011-08", Today);

        Golden.ShouldMatch(ReportText.Csv(table), "history.csv");
        Golden.ShouldMatch(ReportText.Json(table), "history.json");
    }

    [Fact]
    public void Pool_of_spare_keys_only_makes_no_mark() =>
        VramHistory.MarksOf(new EstateBuilder().Key(EstateBuilder.Standard("S", 10)).Vram(), EstateBuilder.Now).ShouldBeEmpty();

    [Fact]
    public void Empty_history_says_how_to_begin() =>
        VramHistoryReport.Of(new VramHistory([], []), "2011-08", Today).Notes.ShouldContain(note => note.Contains("opskit license vram --record"));
}
