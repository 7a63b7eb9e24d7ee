namespace OpsKit.Lab.Estate;

/// <summary>Builds estates: the same size and seed give the same estate, down to addresses, keys and passwords.</summary>
internal static class EstateBuilder
{
    public static LabEstate Build(LabSize size, int seed, LabClock clock)
    {
        var estate = new LabEstate(clock, seed);
        switch (size)
        {
            case LabSize.Small:
                SmallEstate.Fill(estate);
                break;
            case LabSize.Field:
                FieldEstate.Fill(estate);
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
