using System.Text.RegularExpressions;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace OpsKit.Connections.Ssh;

/// <summary>
/// A password that is shown to a server once: accounts lock, so what one method was refused the other does not try again, and a server that
/// asks a second time gets no second answer.
/// </summary>
internal sealed partial class PasswordOnce(SshTarget target, string text)
{
    private bool _answered;

    internal string User => target.Credential.UserName;

    internal string Text => text;

    /// <summary>True once the server said no to it.</summary>
    internal bool Refused { get; private set; }

    internal AuthenticationResult Note(AuthenticationResult result)
    {
        Refused |= result == AuthenticationResult.Failure;
        return result;
    }

    /// <summary>Answers a keyboard-interactive request, if it asks for the password and for nothing else.</summary>
    /// <exception cref="OpsKitException">It asks for something else, or again.</exception>
    internal void Answer(AuthenticationPromptEventArgs asked)
    {
        foreach (var prompt in asked.Prompts)
        {
            if (!AsksForPassword(prompt.Request, prompt.IsEchoed))
                throw Refusal($"the server asks \"{prompt.Request.Trim()}\", which a password does not answer", "use an account without a second factor, or a private key");
            if (_answered)
                throw Refusal($"user {User} was refused: the server asked again for what it had been told (\"{prompt.Request.Trim()}\")", $"check the password of credential {target.Credential.Name}; it was sent once");
            _answered = true;
            prompt.Response = text;
        }
    }

    /// <summary>A hidden prompt that names a password, and not a new one.</summary>
    internal static bool AsksForPassword(string prompt, bool echoed) =>
        !echoed && PasswordWord().IsMatch(prompt) && !OtherWord().IsMatch(prompt);

    private OpsKitException Refusal(string what, string next)
    {
        Refused = true;
        return new OpsKitException(FailureKind.AuthenticationRefused, what, target.Display, next);
    }

    [GeneratedRegex("pass(word|wort|phrase)|kennwort|mot de passe|contraseña|senha|パスワード|密码|암호", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PasswordWord();

    [GeneratedRegex(@"\b(new|retype|re-enter|change|one.?time|otp|token|neues|nouveau|nueva)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherWord();
}
