using CsCheck;
using OpsKit.Connections.Yaml;

namespace OpsKit.Connections.Tests.Yaml;

public sealed class NearestKeyTests
{
    private static readonly string[] Known = ["address", "connect-timeout", "credential", "linked-group", "tls"];

    [Theory]
    [InlineData("adress", "address")]
    [InlineData("Address", "address")]
    [InlineData("credentials", "credential")]
    [InlineData("connect_timeout", "connect-timeout")]
    [InlineData("tsl", "tls")]
    public void Slip_is_understood(string word, string meant) => NearestKey.Find(word, Known).ShouldBe(meant);

    [Theory]
    [InlineData("x")]
    [InlineData("password")]
    [InlineData("")]
    public void Other_word_is_not_guessed_at(string word)
    {
        NearestKey.Find(word, Known).ShouldBeNull();
        NearestKey.Hint(word, Known).ShouldBeEmpty();
    }

    [Fact]
    public void Known_word_is_its_own_nearest_and_one_letter_more_is_still_it() =>
        Gen.Select(Gen.Int[0, Known.Length - 1].Select(i => Known[i]), Gen.Char["xyz"], Gen.Int[0, 2]).Sample((word, letter, at) =>
        {
            NearestKey.Find(word, Known).ShouldBe(word);
            NearestKey.Find(word.Insert(at, letter.ToString()), Known).ShouldBe(word);
        });
}
