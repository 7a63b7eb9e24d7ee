namespace OpsKit.Connections.Enclosures;

/// <summary>
/// Takes the answer out of what an exec channel of an Onboard Administrator gives: banners, the prompt with the command, the answer, a prompt, and often the command once more.
/// </summary>
internal static class OaExecOutput
{
    /// <summary>The answer between the echo of the command and the next prompt, without empty lines around it; null where one of the two is missing.</summary>
    /// <param name="output">What the channel gave.</param>
    /// <param name="command">The command that was sent.</param>
    public static string? AnswerOf(string output, string command)
    {
        var lines = output.ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (OaPrompt.WithEcho.Match(lines[at]) is not { Success: true } echo || !IsEchoOf(command, echo.Groups["typed"].Value))
                continue;
            var prompt = echo.Groups["name"].Value;
            var end = Array.FindIndex(lines, at + 1, line => IsPromptOf(prompt, line));
            return end < 0 ? null : string.Join('\n', lines[(at + 1)..end].Select(line => line.TrimEnd())).Trim('\n');
        }

        return null;
    }

    private static bool IsEchoOf(string command, string typed) => typed.Trim().Equals(command.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool IsPromptOf(string name, string line) => OaPrompt.WithEcho.Match(line) is { Success: true } prompt && prompt.Groups["name"].Value == name;
}
