using CsCheck;
using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Modules.Licensing;

namespace OpsKit.Modules.Tests.Licensing.History;

public sealed class VramHistoryStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2011, 8, 15, 12, 0, 0, TimeSpan.Zero);
    private readonly string _state = Directory.CreateTempSubdirectory("opskit-marks-").FullName;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public async Task Empty_store_has_no_history()
    {
        var history = await Store().ReadAsync(TestContext.Current.CancellationToken);

        history.Marks.ShouldBeEmpty();
        history.Damaged.ShouldBeEmpty();
    }

    [Fact]
    public async Task Same_day_keeps_the_higher_mark_and_the_later_entitlement()
    {
        await Record(Mark(100));
        await Record(Mark(300, Noon.AddHours(1)));
        await Record(Mark(200, Noon.AddHours(2)) with { Entitled = new VramQuota(999) });

        var mark = (await Read()).Marks.ShouldHaveSingleItem();
        (mark.UsedMB, mark.At, mark.Entitled).ShouldBe((300, Noon.AddHours(1), new VramQuota(999)));
    }

    [Fact]
    public async Task Days_pools_and_tables_are_kept_apart()
    {
        await Record(Mark(1), Mark(2, Noon.AddDays(1)), Mark(3) with { Series = Series with { Table = "2011-07" } }, Mark(4) with { Series = Series with { Site = "vc2" } });

        (await Read()).Marks.Select(mark => mark.UsedMB).ShouldBe([3, 1, 4, 2]);
    }

    [Fact]
    public async Task Recorders_at_the_same_time_lose_nothing()
    {
        // Separate stores, as separate processes have: each opens the lock file for itself.
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() =>
            Store().RecordAsync([Mark(i), Mark(1, Noon.AddDays(i)) with { Series = Series with { Site = $"site{i}" } }], TestContext.Current.CancellationToken))));

        var marks = (await Read()).Marks;
        marks.Count.ShouldBe(41);
        marks.Single(mark => mark.Series == Series).UsedMB.ShouldBe(39);
        Directory.GetFiles(Path.Combine(_state, "licensing"), "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task File_torn_anywhere_is_never_read_as_another_number()
    {
        await Record(Mark(123456), Mark(654321, Noon.AddDays(1)));
        var whole = await File.ReadAllTextAsync(Store().File, TestContext.Current.CancellationToken);
        for (var length = 0; length < whole.Length; length++)
        {
            var history = VramHistory.Parse(whole[..length]);
            history.Marks.ShouldAllBe(mark => mark.UsedMB == 123456 || mark.UsedMB == 654321);
        }
    }

    [Fact]
    public async Task Torn_line_is_reported_and_kept_and_the_rest_goes_on()
    {
        await Record(Mark(100));
        await File.AppendAllTextAsync(Store().File, "2011-08-16\tvc1\tStand", TestContext.Current.CancellationToken);

        (await Read()).Damaged.ShouldHaveSingleItem().ShouldBe(new DamagedLine(4, "2011-08-16\tvc1\tStand"));
        await Record(Mark(5, Noon.AddDays(2)));

        var history = await Read();
        history.Marks.Count.ShouldBe(2);
        history.Damaged.ShouldHaveSingleItem().Text.ShouldBe("2011-08-16\tvc1\tStand");
    }

    [Fact]
    public async Task Leftover_of_a_recorder_that_died_is_removed()
    {
        Directory.CreateDirectory(Path.Combine(_state, "licensing"));
        var leftover = Path.Combine(_state, "licensing", "vram-marks.tsv.0123.tmp");
        await File.WriteAllTextAsync(leftover, "half", TestContext.Current.CancellationToken);
        await Record(Mark(1));

        File.Exists(leftover).ShouldBeFalse();
    }

    [Fact]
    public async Task Lock_held_too_long_names_the_lock_file()
    {
        Directory.CreateDirectory(Path.Combine(_state, "licensing"));
        await using var held = new FileStream(Path.Combine(_state, "licensing", "vram-marks.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMinutes(1) };
        var recording = new VramHistoryStore(JumpHostWith(clock)).RecordAsync([Mark(1)], TestContext.Current.CancellationToken);

        (await recording.ShouldThrowAsync<OpsKitException>()).Kind.ShouldBe(FailureKind.Locked);
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_says_so()
    {
        await File.WriteAllTextAsync(Path.Combine(_state, "licensing"), "a file where the folder should be", TestContext.Current.CancellationToken);

        (await Store().RecordAsync([Mark(1)], TestContext.Current.CancellationToken).ShouldThrowAsync<OpsKitException>()).What.ShouldStartWith("cannot be written");
    }

    [Fact]
    public void Any_name_survives_the_file() => Gen.Select(Gen.String, Gen.String, Gen.String, Gen.Long[0, long.MaxValue], Gen.Bool).Sample((site, edition, type, used, unlimited) =>
    {
        var mark = Mark(used) with
        {
            Series = new VramSeries(site, edition, "", "2011-08"), LicenseType = type, Entitled = unlimited ? VramQuota.Unlimited : new VramQuota(used),
        };
        var history = VramHistory.Parse(new VramHistory([mark], []).ToText());

        history.Damaged.ShouldBeEmpty();
        history.Marks.ShouldHaveSingleItem().ShouldBe(mark);
    });

    private static readonly VramSeries Series = new("vc1", "Standard", "", "2011-08");

    private static VramMark Mark(long used, DateTimeOffset? at = null) => new()
    {
        Day = DateOnly.FromDateTime((at ?? Noon).UtcDateTime), Series = Series, LicenseType = "vSphere 5 Standard", UsedMB = used,
        Entitled = new VramQuota(327680), At = at ?? Noon,
    };

    private VramHistoryStore Store() => new(JumpHostWith(TimeProvider.System));

    private JumpHost JumpHostWith(TimeProvider clock) =>
        JumpHost.From(new Dictionary<string, string> { ["OPSKIT_STATE_DIR"] = _state }, _state, _state, windows: false) with { Clock = clock };

    private Task<IReadOnlyList<VramMark>> Record(params VramMark[] marks) => Store().RecordAsync(marks, TestContext.Current.CancellationToken);

    private Task<VramHistory> Read() => Store().ReadAsync(TestContext.Current.CancellationToken);
}
