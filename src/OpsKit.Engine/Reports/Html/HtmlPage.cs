namespace OpsKit.Engine.Reports.Html;

/// <summary>The frame of a page: one file that asks for nothing else, runs nothing, and says so to the browser.</summary>
internal static class HtmlPage
{
    /// <summary>Opens the page, up to its <c>main</c>.</summary>
    /// <param name="html">The file.</param>
    /// <param name="title">The title of the window.</param>
    public static void Begin(HtmlText html, string title)
    {
        html.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <meta name="referrer" content="no-referrer"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{title}</title>

            """);
    }

    /// <summary>Ends the head and opens <c>main</c>; style sheets come before it.</summary>
    public static void Body(HtmlText html) => html.Constant("</head>\n<body>\n<main>\n");

    /// <summary>Closes the page.</summary>
    public static void End(HtmlText html) => html.Constant("</main>\n</body>\n</html>\n");

    /// <summary>The start of a text, where all of it would be too much.</summary>
    public static string Clip(string text, int most = 400) =>
        text.Length <= most ? text : $"{text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)]}…";
}
