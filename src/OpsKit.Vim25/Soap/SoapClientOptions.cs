namespace OpsKit.Vim25;

/// <summary>How a <see cref="SoapClient"/> behaves.</summary>
public sealed record SoapClientOptions
{
    /// <summary>
    /// The longest silence, in the answer or before it, after which a call is given up. Default 2 min; a call that waits on the server
    /// (WaitForUpdatesEx) must wait less.
    /// </summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Answers larger than this many bytes are refused; null, the default, sets no limit.</summary>
    public long? MaxResponseBytes { get; init; }

    /// <summary>
    /// Offers gzip to the server. Off by default: in one data centre packing costs more time than it saves. A packed answer is always understood.
    /// </summary>
    public bool AcceptGzip { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
