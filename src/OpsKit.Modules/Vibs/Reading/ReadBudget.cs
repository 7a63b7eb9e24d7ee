namespace OpsKit.Modules.Vibs;

/// <summary>What is left of the limits while one file is read.</summary>
internal sealed class ReadBudget(VibReadLimits limits, CancellationToken cancellationToken)
{
    private const int MostNameLetters = 16 << 20;

    private long _content;
    private int _entries;
    private long _letters;

    public VibReadLimits Limits => limits;

    /// <summary>Called for each piece that is read.</summary>
    public void Passed(int bytes) => cancellationToken.ThrowIfCancellationRequested();

    /// <summary>Called for each piece that is decompressed.</summary>
    /// <exception cref="LimitException">It is too much.</exception>
    public void Decompressed(int bytes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if ((_content += bytes) > limits.ContentBytes)
            throw new LimitException($"more than {ByteSize.Words(limits.ContentBytes)} come out of it: this is no package, or a bomb");
    }

    /// <summary>Called for each entry of an archive.</summary>
    /// <param name="letters">Letters of its names, which are kept in memory.</param>
    /// <exception cref="LimitException">They are too many.</exception>
    public void Entry(int letters)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++_entries > limits.Entries)
            throw new LimitException($"more than {limits.Entries} entries");
        if ((_letters += letters) > MostNameLetters)
            throw new LimitException($"the names of its entries take more than {MostNameLetters} letters");
    }
}
