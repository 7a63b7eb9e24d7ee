using System.Runtime.InteropServices;

namespace OpsKit.Engine.Runs.Report;

/// <summary>
/// Samples of one address in one process's life, in slots of time that widen as the time grows: however many come, memory stays the same, and a loss is still
/// a loss in its slot.
/// </summary>
internal sealed class PingBuckets(DateTimeOffset start, int most)
{
    private static readonly TimeSpan Narrowest = TimeSpan.FromMilliseconds(50);
    private Bucket[] _buckets = new Bucket[Math.Min(64, most)];

    /// <summary>How many slots are in use.</summary>
    public int Count { get; private set; }

    /// <summary>How long a slot is.</summary>
    public TimeSpan Width { get; private set; } = Narrowest;

    public Bucket this[int index] => _buckets[index];

    /// <summary>The middle of a slot.</summary>
    public DateTimeOffset MiddleOf(int index) => start + (Width * (index + 0.5));

    public void Add(GuardSample sample)
    {
        var index = IndexOf(sample.At);
        while (index >= most)
        {
            Widen();
            index = IndexOf(sample.At);
        }

        if (index >= _buckets.Length)
            Array.Resize(ref _buckets, Math.Min(most, Math.Max(_buckets.Length * 2, index + 1)));
        Count = Math.Max(Count, index + 1);
        _buckets[index].Add(sample);
    }

    private int IndexOf(DateTimeOffset at) => (int)Math.Clamp((at - start).Ticks / Width.Ticks, 0, int.MaxValue);

    private void Widen()
    {
        Width *= 2;
        for (var index = 0; index < Count; index += 2)
        {
            var merged = _buckets[index];
            if (index + 1 < Count)
                merged.Add(_buckets[index + 1]);
            _buckets[index / 2] = merged;
        }

        var kept = (Count + 1) / 2;
        Array.Clear(_buckets, kept, _buckets.Length - kept);
        Count = kept;
    }

    /// <summary>What was heard in a slot.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal struct Bucket
    {
        private float _sum;

        public int Answered { get; private set; }

        public int Lost { get; private set; }

        public int Unsent { get; private set; }

        public float Slowest { get; private set; }

        public readonly float Mean => Answered == 0 ? 0 : _sum / Answered;

        public void Add(GuardSample sample)
        {
            if (!sample.Sent)
            {
                Unsent++;
            }
            else if (sample.Answered)
            {
                var roundTrip = (float)(sample.RoundTripMs ?? 0);
                Answered++;
                _sum += roundTrip;
                Slowest = Math.Max(Slowest, roundTrip);
            }
            else
            {
                Lost++;
            }
        }

        public void Add(Bucket other)
        {
            _sum += other._sum;
            Answered += other.Answered;
            Lost += other.Lost;
            Unsent += other.Unsent;
            Slowest = Math.Max(Slowest, other.Slowest);
        }
    }
}
