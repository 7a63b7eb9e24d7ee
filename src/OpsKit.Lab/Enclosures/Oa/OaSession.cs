using System.Text;
using OpsKit.Lab.Enclosures.Lines;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.Oa;

/// <summary>A login at an Onboard Administrator: its prompt, its mode, and what it shows.</summary>
/// <param name="site">The enclosure.</param>
/// <param name="oa">The Onboard Administrator it is at.</param>
/// <param name="user">Who is logged in.</param>
/// <param name="output">Where answers go.</param>
/// <param name="lines">What is typed; null on an exec channel, which is in script mode from its beginning.</param>
internal sealed class OaSession(EnclosureSite site, LabOa oa, string user, Stream output, TypedLines? lines)
{
    private const string PagePrompt = "---- Press any key to continue, or Q to quit ----";

    public EnclosureSite Site => site;

    public LabOa Oa => oa;

    public string User => user;

    public LabAccount? Account => site.Enclosure.Accounts.Find(account => account.User == user);

    /// <summary>No questions, no waiting for keys.</summary>
    public bool ScriptMode { get; set; } = lines is null;

    public bool Ended { get; set; }

    public List<string> History { get; } = [];

    public string Prompt => ScriptMode ? $"{oa.Name} [SCRIPT MODE]> " : $"{oa.Name}> ";

    /// <summary>What is typed at it; null on an exec channel.</summary>
    public TypedLines? Typed => lines;

    public Stream Output => output;

    /// <summary>The name of the vendor over the years, and until when.</summary>
    public string Banner
    {
        get
        {
            var year = int.TryParse(site.Enclosure.OaFirmware.Split(' ')[^1], out var number) ? number : 2017;
            var banner = year < 2016
                ? $"HP BladeSystem Onboard Administrator\n(C) Copyright 2006-{year} Hewlett-Packard Development Company, L.P.\n"
                : $"HPE BladeSystem Onboard Administrator\n(C) Copyright 2006-{year} Hewlett Packard Enterprise Development LP\n";
            return site.Enclosure.ShowsLoginBanner ? site.Enclosure.LoginBanner.TrimEnd('\n') + "\n\n" + banner : banner;
        }
    }

    /// <summary>Shows text as it is, without waiting for keys.</summary>
    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(lines is null ? text : text.Replace("\n", "\r\n", StringComparison.Ordinal)), cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows an answer, page by page where someone reads along.</summary>
    public async Task ShowAsync(string text, CancellationToken cancellationToken)
    {
        var page = site.Enclosure.PageLength;
        if (ScriptMode || lines is null || page <= 0)
        {
            await WriteAsync(text, cancellationToken).ConfigureAwait(false);
            return;
        }

        var rest = text.Split('\n');
        for (var from = 0; from < rest.Length; from += page)
        {
            var last = from + page >= rest.Length;
            await WriteAsync(string.Join('\n', rest.Skip(from).Take(page)) + (last ? "" : "\n"), cancellationToken).ConfigureAwait(false);
            if (last)
                return;
            await WriteAsync(PagePrompt, cancellationToken).ConfigureAwait(false);
            var key = await lines.ReadKeyAsync(cancellationToken).ConfigureAwait(false);
            await WriteAsync($"\r{new string(' ', PagePrompt.Length)}\r", cancellationToken).ConfigureAwait(false);
            if (key is null or 'q' or 'Q' or '\u0003')
                return;
        }
    }

    /// <summary>Asks for the word <c>YES</c>; script mode says it by itself.</summary>
    public async Task<bool> ConfirmAsync(string question, CancellationToken cancellationToken)
    {
        if (ScriptMode || lines is null)
            return true;
        await WriteAsync($"\nEntering anything other than 'YES' will result in the command not executing.\n\n{question} ", cancellationToken).ConfigureAwait(false);
        if (await lines.ReadAsync(echo: true, cancellationToken).ConfigureAwait(false) is { } answer && answer.Trim().Equals("YES", StringComparison.OrdinalIgnoreCase))
            return true;
        await WriteAsync("\nThe command was not executed.\n", cancellationToken).ConfigureAwait(false);
        return false;
    }
}
