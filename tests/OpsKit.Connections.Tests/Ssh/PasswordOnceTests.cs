using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Tests.Ssh;

public sealed class PasswordOnceTests
{
    [Theory]
    [InlineData("Password: ", false, true)]
    [InlineData("root@esx01's password:", false, true)]
    [InlineData("Passwort für root:", false, true)]
    [InlineData("Enter passphrase", false, true)]
    [InlineData("Password: ", true, false)]
    [InlineData("New password: ", false, false)]
    [InlineData("Retype new password:", false, false)]
    [InlineData("One-time password:", false, false)]
    [InlineData("RSA token code: ", false, false)]
    [InlineData("Verification code: ", false, false)]
    [InlineData("", false, false)]
    public void Password_is_given_to_a_hidden_question_for_it_and_to_no_other(string prompt, bool echoed, bool answered) =>
        PasswordOnce.AsksForPassword(prompt, echoed).ShouldBe(answered);
}
