using Microsoft.Extensions.Hosting;

namespace OpsKit.Lab.Hosting;

/// <summary>The lab's own program decides when it ends; a web server in it takes no signals.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
