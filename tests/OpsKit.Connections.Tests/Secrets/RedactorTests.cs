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

    /// <summary>Few letters, so that secrets overlap, touch, repeat and contain each other.</summary>
    [Fact]
    public void Nothing_but_what_no_secret_covers_is_left() => Gen.Select(
        Gen.String[Gen.Char["ab."], 4, 7].Array[1, 4], Gen.String[Gen.Char["ab.\n"], 0, 60]).Sample((secrets, text) =>
    {
        var redactor = new Redactor();
        foreach (var secret in secrets)
            redactor.Register(new Secret(secret));
        var covered = new bool[text.Length];
        foreach (var secret in secrets)
        {
            for (var i = 0; i + secret.Length <= text.Length; i++)
            {
                if (string.CompareOrdinal(text, i, secret, 0, secret.Length) == 0)
                    Array.Fill(covered, true, i, secret.Length);
            }
        }

        var left = text.Select((letter, i) => covered[i] ? i > 0 && covered[i - 1] ? "" : Redactor.Mark : letter.ToString());
        redactor.Redact(text).ShouldBe(string.Concat(left));
    });

    [Fact]
    public void Secrets_that_overlap_leave_nothing_of_either()
    {
        var redactor = new Redactor();
        redactor.Register(new Secret("hunter2"));
        redactor.Register(new Secret("er2secret"));

        redactor.Redact("<hunter2secret>").ShouldBe("<***>");
    }

    [Fact]
    public void Secret_that_was_cut_in_two_leaves_neither_half() => Gen.Select(Passwords, Gen.Int[1, 100]).Sample((secret, at) =>
    {
        var redactor = new Redactor();
        redactor.Register(new Secret(secret));
        var text = $"\u00e4{secret}\u00f6";
        var cut = 1 + (at % secret.Length);

        redactor.RedactPiece(text[..cut], wentBefore: false, goesOn: true).ShouldBeOneOf("\u00e4", "\u00e4***");
        redactor.RedactPiece(text[cut..], wentBefore: true, goesOn: false).ShouldBeOneOf("\u00f6", "***\u00f6");
    });

    [Theory]
    [InlineData(".*+?^${}()|[]\\")]
    [InlineData("***x")]
    [InlineData("$&$1${0}")]
    [InlineData("pass word")]
    [InlineData("Grüße 🔑")]
    public void Secret_is_no_pattern(string secret)
    {
        var redactor = new Redactor();
        redactor.Register(new Secret(secret));

        redactor.Redact($"<{secret}|{secret}>").ShouldBe("<***|***>");
        redactor.Redact("abcdefgh").ShouldBe("abcdefgh");
    }

    [Fact]
    public void Secret_of_several_lines_is_gone_line_by_line()
    {
        var redactor = new Redactor();
        redactor.Register(new Secret("first line\r\nsecond line\n"));

        redactor.Redact("read: second line").ShouldBe("read: ***");
        redactor.Redact("first line\nsecond line").ShouldBe("***\n***");
    }

    [Fact]
    public async Task Secrets_registered_at_the_same_time_are_all_known()
    {
        var redactor = new Redactor();
        var secrets = Enumerable.Range(1000, 200).Select(number => $"secret-{number}").ToArray();

        await Task.WhenAll(secrets.Select(secret => Task.Run(() => redactor.Register(new Secret(secret)))));

        redactor.Redact(string.Join(' ', secrets)).ShouldBe(string.Join(' ', secrets.Select(_ => Redactor.Mark)));
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
