namespace OpsKit.Lab.Esxi.Processes;

/// <summary>Runs something as a process: whatever ends it, there is an exit status, and its files are closed.</summary>
internal static class ProcessRun
{
    public static async Task<int> RunAsync(HostProcess process, Descriptors descriptors, Func<Task<int>> body)
    {
        try
        {
            var status = await body().ConfigureAwait(false) & 0xff;
            return process.DeadlySignal is null ? status : process.KilledStatus;
        }
        catch (OperationCanceledException) when (process.Token.IsCancellationRequested)
        {
            return process.KilledStatus;
        }
        catch (BrokenPipeException)
        {
            return process.Ignores(HostSignal.Pipe) ? 1 : HostSignal.StatusBase + HostSignal.Pipe;
        }
        catch (IOException)
        {
            // Its output cannot be written and there is nobody to tell.
            return 1;
        }
        finally
        {
            descriptors.Dispose();
            process.Dispose();
        }
    }
}
