using System.Text;
using OpsKit.Connections;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Listens to VCSU: hands its lines on as they are complete, answers its questions, and breaks off where it restarts modules by itself.</summary>
/// <param name="facts">Its words.</param>
/// <param name="access">The passwords it may ask for.</param>
/// <param name="heard">Is handed each line, and what stands of a line when it asks.</param>
internal sealed class VcsuDialogue(VcsuFacts facts, VcsuAccess? access, Action<string> heard)
{
    private const int LongestLine = 4096;
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _context = new();
    private bool _askedForAdministrator;
    private bool _askedForVirtualConnect;

    /// <summary>Whether restarts end the conversation: while it updates.</summary>
    public bool StopsAtActivation { get; init; }

    /// <summary>Hears a piece of output; what it returns is the answer to a question.</summary>
    /// <exception cref="OpsKitException">It restarts modules by itself.</exception>
    public string? Hear(string piece)
    {
        foreach (var letter in piece)
        {
            if (letter is '\n' or '\r')
                Complete();
            else if (_line.Length < LongestLine)
                _line.Append(letter);
        }

        return Answer(_line.ToString());
    }

    /// <summary>Hands on what stands of the last line.</summary>
    public void End() => Complete();

    private string? Answer(string question)
    {
        var asked = question.TrimEnd().TrimEnd(':').TrimEnd();
        string? answer = null;
        // The colon tells a question from a line that was cut behind the word.
        if (question.TrimEnd().EndsWith(':') && Ends(asked, facts.PasswordPrompts) && access is not null)
            answer = PasswordFor(_context + question);
        else if (Ends(asked, facts.ConfirmPrompts))
            answer = "YES";
        if (answer is null)
            return null;
        Complete();
        return answer + "\n";
    }

    /// <summary>The first question that names neither is the Onboard Administrator's: it is asked first. A password that is asked for again was refused, and accounts lock.</summary>
    private string PasswordFor(string question)
    {
        if (!_askedForAdministrator && !VcsuOutput.Holds(question, facts.VirtualConnectWords))
        {
            _askedForAdministrator = true;
            return access!.Password.Reveal();
        }

        if (_askedForVirtualConnect)
            throw new OpsKitException(FailureKind.AuthenticationRefused, "VCSU asks for a password again, as it does where one was refused; it was stopped", access!.Address, "check the accounts and their passwords");
        _askedForVirtualConnect = true;
        return access!.VcPassword.Reveal();
    }

    private void Complete()
    {
        var line = _line.ToString().TrimEnd();
        _line.Clear();
        if (line.Length == 0)
            return;
        heard(line);
        _context.Clear().Append(line).Append(' ');
        if (StopsAtActivation && facts.Activating.Any(word => line.TrimStart().StartsWith(word, StringComparison.OrdinalIgnoreCase)))
        {
            throw new OpsKitException(
                FailureKind.Failed,
                $"VCSU restarts modules by itself (\"{SafeText.Line(line)}\") although it was told not to; it was stopped",
                next: "look at the modules: opskit vc status ENCLOSURE") { OutcomeUnknown = true };
        }
    }

    private static bool Ends(string text, IReadOnlyList<string> endings) => endings.Any(ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
