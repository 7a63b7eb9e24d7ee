namespace OpsKit.Lab.Estate;

/// <summary>Marks of changed block tracking: <c>52 2d 7b 8f ac 61 51 cc-77 4c 7b ec 91 50 bb 7b/1</c>, an epoch and a number that grows.</summary>
internal static class ChangeIds
{
    public static string New(LabEstate estate)
    {
        Span<byte> bytes = stackalloc byte[16];
        estate.Random.NextBytes(bytes);
        var pairs = Convert.ToHexStringLower(bytes).Chunk(2).Select(pair => new string(pair)).ToArray();
        return $"52 {string.Join(' ', pairs[1..8])}-{string.Join(' ', pairs[8..])}/1";
    }

    /// <summary>The mark after the next snapshot: the same epoch, the next number.</summary>
    public static string Next(string changeId)
    {
        var (epoch, number) = Split(changeId) ?? throw new ArgumentException($"\"{changeId}\" is not an epoch and a number", nameof(changeId));
        return $"{epoch}/{number + 1}";
    }

    public static (string Epoch, int Number)? Split(string changeId)
    {
        var slash = changeId.LastIndexOf('/');
        return slash > 0 && int.TryParse(changeId.AsSpan(slash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (changeId[..slash], number)
            : null;
    }
}
