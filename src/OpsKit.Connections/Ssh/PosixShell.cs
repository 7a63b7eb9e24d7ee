using System.Buffers;

namespace OpsKit.Connections.Ssh;

/// <summary>Builds command lines for a POSIX shell (also BusyBox's).</summary>
public static class PosixShell
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+:,./-");

    /// <summary>One word the shell hands on unchanged, whatever is in it.</summary>
    /// <exception cref="ArgumentException">The text holds a NUL character, which no argument can.</exception>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A command-line argument cannot hold a NUL character.", nameof(text));
        return text.Length > 0 && WithoutOptionsEqualsSign(text).IndexOfAnyExcept(Plain) < 0
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>A program and its arguments as one command line.</summary>
    public static string Command(params ReadOnlySpan<string> words)
    {
        var quoted = new string[words.Length];
        for (var i = 0; i < words.Length; i++)
            quoted[i] = Quote(words[i]);
        return string.Join(' ', quoted);
    }

    /// <summary>What a plain word is judged by: <c>--name=value</c> is no assignment, so its sign needs no quotes.</summary>
    private static ReadOnlySpan<char> WithoutOptionsEqualsSign(string text) =>
        text.StartsWith("--", StringComparison.Ordinal) && text.IndexOf('=', StringComparison.Ordinal) is > 2 and var sign && text.AsSpan(0, sign).IndexOfAnyExcept(Plain) < 0
            ? text.AsSpan(sign + 1)
            : text;

    /// <summary>A script with arguments (<c>$1</c> …), run by <c>/bin/sh</c> whatever the login shell is.</summary>
    internal static string Script(string script, params ReadOnlySpan<string> arguments) =>
        $"exec /bin/sh -c {Quote(script)} opskit{(arguments.Length > 0 ? " " : "")}{Command(arguments)}";
}
