namespace OpsKit.Connections.Enclosures;

/// <summary>A command of an Onboard Administrator that changes something. It is sent once.</summary>
/// <param name="Text">The command line, such as <c>RESTART INTERCONNECT 2</c>.</param>
public sealed record OaCommand(string Text)
{
    /// <summary>How long its answer may take. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether the question it asks in an interactive session (<c>Are you sure …?</c>) is answered with <c>YES</c>. Default true; with false it is not carried out there.</summary>
    public bool Confirmed { get; init; } = true;
}

/// <summary>What an Onboard Administrator answered.</summary>
/// <param name="Text">The answer, without prompts and banners.</param>
/// <param name="ExitStatus">The exit status; null where there is none, as in an interactive session. It is no proof of anything: the text counts.</param>
/// <param name="Address">The address of the Onboard Administrator that answered.</param>
public sealed record OaReply(string Text, int? ExitStatus, string Address);
