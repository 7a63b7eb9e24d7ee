using System.Security;
using System.Text;
using System.Text.Json;
using CsCheck;
using OpsKit.Connections.Secrets;

namespace OpsKit.Connections.Tests.Secrets;

public sealed class RedactorTests
{
    private static readonly Gen<string> Passwords = Gen.String[Gen.Char[' ', '~'], 4, 24].Where(text => text.Trim().Length >= 4 && !text.Contains('*', StringComparison.Ordinal));

    [Fact]
    public void Secret_is_gone_from_any_text_around_it() =>
        Gen.Select(Passwords, Gen.String[Gen.Char['a', 'z'], 0, 20], Gen.String[Gen.Char['a', 'z'], 0, 20]).Sample((secret, before, after) =>
        {
            var redactor = new Redactor();
            redactor.Register(new Secret(secret));

            redactor.Redact(before + secret + after).ShouldNotContain(secret, Case.Sensitive);
        });

    [Fact]
    public void Secret_is_gone_in_every_dress_it_travels_in() => Passwords.Sample(secret =>
    {
        var redactor = new Redactor();
        redactor.Register(new Secret(secret));
        string[] dressed =
        [
            secret, SecurityElement.Escape(secret), JsonSerializer.Serialize(secret).Trim('"'), Uri.EscapeDataString(secret),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), $"'{secret.Replace("'", "'\\''", StringComparison.Ordinal)}'",
        ];

        foreach (var text in dressed.Where(text => text.Length >= 4))
            redactor.Redact($"<{text}>").ShouldNotContain(text.Trim('\''), Case.Sensitive);
    });

    [Fact]
    public void Longer_secret_is_taken_out_before_one_it_contains()
    {
        var redactor = new Redactor();
        redactor.Register(new Secret("hunter2"));
        redactor.Register(new Secret("hunter2-and-more"));

        redactor.Redact("is hunter2-and-more or hunter2").ShouldBe("is *** or ***");
    }

    [Fact]
    public void Very_short_secret_does_not_take_words_apart()
    {
        var redactor = new Redactor();
        redactor.Register(new Secret("e"));

        redactor.Redact("there").ShouldBe("there");
    }

    [Fact]
    public void Secret_never_shows_itself() => $"{new Secret("hunter2")}".ShouldBe("***");
}
