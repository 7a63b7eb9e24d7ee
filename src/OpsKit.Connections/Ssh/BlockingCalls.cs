namespace OpsKit.Connections.Ssh;

/// <summary>
/// Runs calls that block, each on a thread of its own that is kept for the next one. SSH.NET blocks in connects, channel requests and
/// transfers; on the thread pool a hundred hosts would wait for it to grow by one or two threads a second.
/// </summary>
internal static class BlockingCalls
{
    private const int StackBytes = 512 * 1024;
    private static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(20);
    private static readonly Lock Gate = new();
    private static readonly List<Worker> Idle = [];

    /// <summary>Runs a call. The task completes when it returns; nothing can stop it but its own time limits.</summary>
    internal static Task<T> RunAsync<T>(Func<T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(() =>
        {
            try
            {
                done.SetResult(call());
            }
#pragma warning disable CA1031 // The failure is the caller's, whatever it is.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>Runs a call that returns nothing.</summary>
    internal static Task RunAsync(Action call) => RunAsync(() =>
    {
        call();
        return true;
    });

    /// <summary>Lets a call go on unattended; its failure is of no interest any more.</summary>
    internal static void Forget(Task task) =>
        _ = task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static void Start(Action work)
    {
        lock (Gate)
        {
            if (Idle.Count > 0)
            {
                var worker = Idle[^1];
                Idle.RemoveAt(Idle.Count - 1);
                worker.Give(work);
                return;
            }
        }

        new Worker(work).Start();
    }

    private sealed class Worker(Action first)
    {
        private readonly object _given = new();
        private Action? _work = first;

        internal void Start() => new Thread(Run, StackBytes) { IsBackground = true, Name = "opskit ssh" }.Start();

        internal void Give(Action work)
        {
            lock (_given)
            {
                _work = work;
                Monitor.Pulse(_given);
            }
        }

        private void Run()
        {
            while (true)
            {
                _work!();
                _work = null;
                lock (Gate)
                    Idle.Add(this);
                while (!IsGivenWork())
                {
                    lock (Gate)
                    {
                        if (Idle.Remove(this))
                            return;
                    }
                }
            }
        }

        private bool IsGivenWork()
        {
            lock (_given)
            {
                if (_work is null)
                    Monitor.Wait(_given, IdleLife);
                return _work is not null;
            }
        }
    }
}
