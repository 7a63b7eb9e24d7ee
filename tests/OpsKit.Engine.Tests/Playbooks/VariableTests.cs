using OpsKit.Connections;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Tests.Playbooks;

/// <summary>How variables are filled in.</summary>
public sealed class VariableTests
{
    [Theory]
    [InlineData("a: x, b: \"${a}y\"", "${b}", "xy")]
    [InlineData("c: \"${b}z\", b: \"${a}y\", a: x", "${c}${c}", "xyzxyz")]
    [InlineData("a: x", "$${a} $a $$ ${a}$", "${a} $a $$ x$")]
    [InlineData("a: \"$${b}\"", "${a}", "${b}")]
    [InlineData("a-1_B: 7", "no. ${a-1_B}", "no. 7")]
    public void Value_is_filled_in(string vars, string name, string expected) =>
        Read($"vars: {{{vars}}}\nname: \"{name}\"").Name.ShouldBe(expected);

    [Fact]
    public void Given_value_wins_and_is_taken_as_it_is()
    {
        var playbook = Read("vars: {a: x, b: \"${a}\"}\nname: \"${b}\"", ("a", "${b}"));

        playbook.Name.ShouldBe("${b}");
        playbook.Vars.ShouldBe(new Dictionary<string, string> { ["a"] = "${b}", ["b"] = "${b}" }, ignoreOrder: true);
    }

    [Fact]
    public void Value_has_its_type_after_filling_in()
    {
        var playbook = PlaybookReader.Parse(
            """
            name: x
            vars: {size: 2, rest: 50%, most: 3, time: 5m, verb: test.hosts, word: always}
            steps:
              - uses: ${verb}
                targets: a
                batch: ["${size}", "${rest}", all]
                stop-after-failures: ${most}
                timeout: ${time}
                confirm: ${word}
            """,
            "p.yaml",
            null,
            TestVerb.All);

        var step = playbook.Steps.ShouldHaveSingleItem();
        step.Batches.Select(size => size.ToString()).ShouldBe(["2", "50%", "all"]);
        (step.StopAfterFailures, step.Timeout, step.Confirm).ShouldBe((3, TimeSpan.FromMinutes(5), Confirmation.Always));
    }

    [Theory]
    [InlineData("vars: {a: \"${b}\", b: \"${c}\", c: \"${a}\"}\nname: ${a}", "takes its value from itself: a → b → c → a")]
    [InlineData("vars: {a: \"${a}\"}\nname: ${a}", "takes its value from itself: a → a")]
    [InlineData("vars: {a: \"${bc}\", bd: x}\nname: ${a}", "unknown variable \"bc\" (did you mean \"bd\"?)")]
    [InlineData("vars: {a: x}\nname: ${a", "\"${\" is never closed; $${ writes it as it is")]
    [InlineData("vars: {a: x}\nname: ${}", "unknown variable \"\"")]
    [InlineData("vars: {a b: x}\nname: x", "\"a b\" cannot name a variable")]
    [InlineData("vars: {a: [x]}\nname: x", "\"a\" is a list, expected a text")]
    [InlineData("vars: [a]\nname: x", "\"vars\" is a list, expected keys with values")]
    [InlineData("vars: {a: name}\n${a}: x\nname: x", "\"${a}\" is a key; variables are filled into values alone")]
    public void Mistake_is_told_once(string head, string expected)
    {
        var message = Should.Throw<OpsKitException>(() => Read(head)).Message;

        message.ShouldContain(expected);
        message.Split('\n').Count(line => !line.Contains("unknown key", StringComparison.Ordinal)).ShouldBe(1, message);
    }

    [Fact]
    public void Mistake_in_a_filled_in_value_tells_how_it_was_written() =>
        Should.Throw<OpsKitException>(() => Read("vars: {n: many}\nname: x\nguards: [{failures: {most: \"${n}\"}}]")).Message
            .ShouldBe("p.yaml:3:28: \"most\" is \"many\", expected a whole number from 1 to 10000 (written as \"${n}\")");

    [Fact]
    public void Key_that_an_alias_uses_as_a_value_keeps_its_name() =>
        Should.Throw<OpsKitException>(() => Read("vars: {n: name}\n&k \"${n}\": 1\nname: *k")).Message.ShouldContain("is a key");

    [Fact]
    public void Alias_is_filled_in_once() => Read("vars: {a: \"$${a}\"}\nname: &n \"${a}\"\ninventory: *n").Inventory.ShouldBe("${a}");

    [Theory]
    [InlineData(70_000, 1, "longer than 65,536 characters")]
    [InlineData(60_000, 30, "more than 1,048,576 characters")]
    public void Filling_in_cannot_fill_the_memory(int length, int times, string expected)
    {
        var run = string.Join(", ", Enumerable.Repeat("\"${a}\"", times));

        Should.Throw<OpsKitException>(() => Read($"vars: {{a: {new string('x', length)}}}\nname: x\nguards: [{{command: {{run: [{run}]}}}}]")).Message.ShouldContain(expected);
    }

    [Fact]
    public void Doubling_from_variable_to_variable_ends_in_an_error()
    {
        var vars = Enumerable.Range(1, 60).Select(number => $"a{number}: \"${{a{number - 1}}}${{a{number - 1}}}\"").Prepend("a0: xxxxxxxxxx");

        Should.Throw<OpsKitException>(() => Read($"vars: {{{string.Join(", ", vars)}}}\nname: ${{a60}}")).Message.ShouldContain("longer than 65,536 characters");
    }

    private static Playbook Read(string head, params (string Name, string Value)[] given) => PlaybookReader.Parse(
        head + "\nsteps: [{uses: pause, with: {instructions: x}}]", "p.yaml", given.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), TestVerb.All);
}
