using OpsKit.Connections;
using OpsKit.Connections.Yaml;
using OpsKit.Engine.Playbooks;
using OpsKit.TestKit;

namespace OpsKit.Engine.Tests.Playbooks;

/// <summary>What an operator is told: each file in Broken, with the whole of its messages.</summary>
public sealed class BrokenPlaybookTests
{
    private const string Folder = "tests/OpsKit.Engine.Tests/Playbooks/Broken";

    public static TheoryData<string> Files => [.. Repository.Files(Folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Messages_are_pinned(string name) => Golden.ShouldMatch(string.Join('\n', Messages(name)) + "\n", $"broken/{name}.txt");

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_message_has_its_place_and_is_told_once(string name)
    {
        var messages = Messages(name);

        messages.ShouldNotBeEmpty();
        messages.ShouldAllBe(message => System.Text.RegularExpressions.Regex.IsMatch(message, @"^[a-z-]+\.yaml:\d+:\d+: \S"));
        messages.ShouldBeUnique();
    }

    private static List<string> Messages(string name)
    {
        var errors = new YamlErrors();
        try
        {
            PlaybookReader.Examine(Repository.Read($"{Folder}/{name}.yaml"), $"{name}.yaml", null, null, TestVerb.All, errors);
        }
        catch (OpsKitException failure)
        {
            failure.Kind.ShouldBe(FailureKind.Usage);
            return [.. failure.Message.Split('\n')];
        }

        return [.. errors.All.Select(error => error.ToString())];
    }
}
