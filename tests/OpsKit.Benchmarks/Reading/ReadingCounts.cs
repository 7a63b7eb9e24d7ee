namespace OpsKit.Benchmarks.Reading;

/// <summary>What both readers must find in the same document.</summary>
internal sealed record ReadingCounts(int Objects, int WithMemory, int PoweredOn, int Devices, long DiskKilobytes, int MacAddresses);
