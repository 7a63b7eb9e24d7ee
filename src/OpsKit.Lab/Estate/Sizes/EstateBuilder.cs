namespace OpsKit.Lab.Estate;

/// <summary>Builds estates: the same size and seed give the same estate, down to addresses, keys and passwords.</summary>
internal static class EstateBuilder
{
    /// <param name="size">The size.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="clock">The lab's clock.</param>
    /// <param name="mistakes">Whether the mistakes of the field are in the estate of its size.</param>
    public static LabEstate Build(LabSize size, int seed, LabClock clock, bool mistakes = true)
    {
        var estate = new LabEstate(clock, seed);
        switch (size)
        {
            case LabSize.Small:
                SmallEstate.Fill(estate);
                break;
            case LabSize.Field:
                FieldEstate.Fill(estate, mistakes);
                break;
            case LabSize.Large:
                LargeEstate.Fill(estate);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(size), size, "no such size");
        }

        // One password for all hosts, as on real estates; drawn last, so that nothing before it depends on it.
        var root = new LabAccount("root", estate.Password());
        foreach (var host in estate.Hosts)
        {
            host.Accounts.Add(root);
            HostSoftware.Fill(host, clock.GetUtcNow());
        }

        return estate;
    }
}
