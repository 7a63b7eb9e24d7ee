using CsCheck;
using OpsKit.Connections;
using OpsKit.Modules.Esxcli;
using OpsKit.TestKit;

namespace OpsKit.Modules.Tests.Esxcli;

/// <summary>Every error of the field becomes a sentence, with what esxcli said beneath it.</summary>
public sealed class EsxcliFailureTests
{
    private const string Folder = "tests/OpsKit.Modules.Tests/Esxcli/Failures";

    public static TheoryData<string> Failures => [.. Repository.Files(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Failures))]
    public void Failure_of_the_field_is_told_in_a_sentence(string name)
    {
        var failure = EsxcliFailure.Parse(Repository.Read($"{Folder}/{name}.txt"));
        var told = failure.ToException("it was not installed", "esx01");
        Golden.ShouldMatch($"class: {failure.Class ?? "none"}\nabout: {string.Join(", ", failure.About.Select(pair => $"{pair.Key}={pair.Value}"))}\nkind: {told.Kind}\n{told.Message}\nnext: {told.Next ?? "-"}\n", $"failure-{name}.txt");
    }

    [Fact]
    public void Lock_of_another_installation_has_an_exit_code_of_its_own() =>
        EsxcliFailure.Parse(" [LockingError]\n whatever it says\n").ToException("x", "esx01").Kind.ShouldBe(FailureKind.Locked);

    [Theory]
    [InlineData("''\n")]
    [InlineData("")]
    [InlineData("\n")]
    public void Failure_that_says_nothing_is_told_from_one_that_does(string output) => EsxcliFailure.Parse(output).IsSilent.ShouldBeTrue();

    [Fact]
    public void Any_text_is_told() => Gen.String[Gen.Char[" [](){}<>=:'\nabcError\u001b"], 0, 300].Sample(text =>
    {
        var told = EsxcliFailure.Parse(text).ToException("it was not installed", "esx01");
        told.What.ShouldStartWith("it was not installed: ");
    });
}
