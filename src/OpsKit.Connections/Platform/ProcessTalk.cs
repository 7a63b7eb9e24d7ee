namespace OpsKit.Connections.Platform;

/// <summary>The conversation with a program that asks: hears its output piece by piece, and writes answers.</summary>
internal sealed class ProcessTalk(StreamWriter input, Func<string, string?> converse) : IDisposable
{
    private readonly Lock _one = new();

    public void Hear(string piece)
    {
        lock (_one)
        {
            if (converse(piece) is not { } answer)
                return;
            try
            {
                input.Write(answer);
                input.Flush();
            }
            catch (IOException)
            {
                // It ended without waiting for the answer; its exit code tells what came of it.
            }
        }
    }

    public void Dispose()
    {
        try
        {
            input.Dispose();
        }
        catch (IOException)
        {
            // What was still to be written has nobody to read it.
        }
    }
}
