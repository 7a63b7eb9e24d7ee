using CsCheck;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Plans;

public sealed class BatchingTests
{
    private static readonly Gen<BatchSize> Size = Gen.OneOf(
        Gen.Int[1, 7].Select(count => new BatchSize(count)), Gen.Int[1, 100].Select(percent => new BatchSize { Percent = percent }), Gen.Const(BatchSize.All));

    private static readonly Gen<Target> Host = Gen.Select(
        Gen.Int[0, 500], Gen.Int[0, 3], Gen.Int[0, 3], (number, cluster, enclosure) => Target($"esx{number:000}", cluster == 0 ? null : $"cl{cluster}", enclosure == 0 ? null : $"enc{enclosure}"));

    private static readonly Gen<List<Target>> Hosts = Host.Array[0, 40].Select(hosts => hosts.DistinctBy(host => host.LockKey).ToList());

    [Theory]
    [InlineData("", "1 1 1 1 1 1 1")]
    [InlineData("all", "7")]
    [InlineData("3", "3 3 1")]
    [InlineData("1 2 all", "1 2 4")]
    [InlineData("1 2", "1 2 2 2")]
    [InlineData("50%", "3 3 1")]
    [InlineData("1%", "1 1 1 1 1 1 1")]
    [InlineData("100%", "7")]
    [InlineData("10", "7")]
    public void Sizes_are_taken_in_order_and_the_last_is_repeated(string sizes, string expected) =>
        Counts(Batching.Cut(Named(7), Sizes(sizes), BatchBy.Target)).ShouldBe(expected);

    [Fact]
    public void No_targets_are_no_batches() => Batching.Cut([], [BatchSize.All], BatchBy.Target).ShouldBeEmpty();

    [Fact]
    public void Targets_of_a_cluster_go_together_wherever_they_stand()
    {
        var targets = new[] { Target("a", "cl1", null), Target("b", "cl2", null), Target("c", "CL1", null), Target("d", null, null), Target("e", "cl2", null) };

        Batching.Cut(targets, [], BatchBy.Cluster).Select(batch => string.Concat(batch.Select(place => targets[place].Name))).ShouldBe(["ac", "be", "d"]);
        Batching.Cut(targets, Sizes("1 all"), BatchBy.Cluster).Select(batch => string.Concat(batch.Select(place => targets[place].Name))).ShouldBe(["ac", "bed"]);
    }

    [Fact]
    public void Clusters_of_the_same_name_in_two_vcenters_are_two()
    {
        var targets = new[] { Target("a", "cl1", null), Target("b", "cl1", null) with { VCenter = "vc2" } };

        Counts(Batching.Cut(targets, [], BatchBy.Cluster)).ShouldBe("1 1");
    }

    [Fact]
    public void Every_target_is_in_one_batch_and_units_are_never_split() => Gen.Select(Hosts, Size.Array[0, 4], Gen.Enum<BatchBy>()).Sample((targets, sizes, by) =>
    {
        var batches = Batching.Cut(targets, sizes, by);

        batches.SelectMany(batch => batch).Order().ShouldBe(Enumerable.Range(0, targets.Count));
        batches.ShouldAllBe(batch => batch.Count > 0);
        var units = targets.Select((target, place) => (Unit: UnitOf(target, by), Place: place)).GroupBy(item => item.Unit, StringComparer.Ordinal).ToList();
        foreach (var unit in units)
            batches.Count(batch => batch.Any(place => unit.Any(item => item.Place == place))).ShouldBe(1, unit.Key);
        var left = units.Count;
        for (var place = 0; place < batches.Count; place++)
        {
            var size = sizes.Length == 0 ? new BatchSize(1) : sizes[Math.Min(place, sizes.Length - 1)];
            var taken = batches[place].Select(target => UnitOf(targets[target], by)).Distinct(StringComparer.Ordinal).Count();
            taken.ShouldBe(size.Of(units.Count, left));
            left -= taken;
        }
    });

    [Fact]
    public void Single_targets_keep_their_order() => Gen.Select(Hosts, Size.Array[0, 4]).Sample((targets, sizes) =>
        Batching.Cut(targets, sizes, BatchBy.Target).SelectMany(batch => batch).ShouldBe(Enumerable.Range(0, targets.Count)));

    private static string UnitOf(Target target, BatchBy by) => (by switch
    {
        BatchBy.Cluster => target.Cluster ?? "no cluster, " + target.Name,
        BatchBy.Enclosure => target.Enclosure ?? "no enclosure, " + target.Name,
        _ => target.Name,
    }).ToLowerInvariant();

    private static Target Target(string name, string? cluster, string? enclosure) =>
        new() { Kind = TargetKind.Host, Name = name, VCenter = "vc1", Cluster = cluster, Enclosure = enclosure };

    private static List<Target> Named(int count) => [.. Enumerable.Range(1, count).Select(number => Target($"esx{number}", null, null))];

    private static List<BatchSize> Sizes(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => BatchSize.TryParse(word, out var size) ? size : throw new FormatException(word))];

    private static string Counts(IReadOnlyList<IReadOnlyList<int>> batches) => string.Join(' ', batches.Select(batch => batch.Count));
}
