using System.Security.Cryptography;

namespace OpsKit.TestKit;

/// <summary>
/// A link between this machine and a network namespace of its own (iproute2's <c>ip netns</c>, veth): real packets, and a cable that can be
/// pulled. Needs root.
/// </summary>
public sealed class VirtualCable : IAsyncDisposable
{
    private readonly string _namespace;
    private readonly string _near;

    private VirtualCable(byte[] random)
    {
        var name = Convert.ToHexStringLower(random);
        _namespace = $"opskit-{name}";
        _near = $"ok{name}";
        var subnet = random[1] & 0xFC;
        NearAddress = $"198.{18 + (random[2] & 1)}.{random[0]}.{subnet + 1}";
        FarAddress = $"198.{18 + (random[2] & 1)}.{random[0]}.{subnet + 2}";
    }

    /// <summary>This machine's address on the link; of 198.18.0.0/15, which is for benchmarks and routed nowhere (RFC 2544).</summary>
    public string NearAddress { get; }

    /// <summary>The address in the namespace.</summary>
    public string FarAddress { get; }

    /// <summary>The far end's network namespace, as <c>ip netns</c> names it.</summary>
    public string Namespace => _namespace;

    /// <summary>Whether the link is up on this side.</summary>
    public bool IsPlugged { get; private set; }

    /// <summary>Makes the namespace and the link, up on both sides; nothing stays behind when it cannot.</summary>
    /// <exception cref="InvalidOperationException">This machine does not let the user make network namespaces.</exception>
    public static async Task<VirtualCable> PlugAsync()
    {
        var cable = new VirtualCable(RandomNumberGenerator.GetBytes(4));
        try
        {
            await Shell.RunAsync("ip", "netns", "add", cable._namespace);
            await Shell.RunAsync("ip", "link", "add", cable._near, "type", "veth", "peer", "name", "far", "netns", cable._namespace);
            await Shell.RunAsync("ip", "address", "add", $"{cable.NearAddress}/30", "dev", cable._near);
            await Shell.RunAsync("ip", "-n", cable._namespace, "address", "add", $"{cable.FarAddress}/30", "dev", "far");
            await Shell.RunAsync("ip", "-n", cable._namespace, "link", "set", "far", "up");
            await cable.PlugInAsync();
            return cable;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            await cable.DisposeAsync();
            throw new InvalidOperationException(
                "No network namespace can be made here, and without one nothing shows that a pulled cable is seen. It takes iproute2 and root (CAP_NET_ADMIN, CAP_SYS_ADMIN): "
                + "run the tests as root, in a container with --privileged. What failed: " + e.Message,
                e);
        }
    }

    /// <summary>Takes the link down on this side.</summary>
    public async Task PullAsync()
    {
        await Shell.RunAsync("ip", "link", "set", _near, "down");
        IsPlugged = false;
    }

    /// <summary>Brings the link up on this side.</summary>
    public async Task PlugInAsync()
    {
        await Shell.RunAsync("ip", "link", "set", _near, "up");
        IsPlugged = true;
    }

    /// <summary>Leaves the link up and lets the far end drop every packet.</summary>
    public async Task SilenceFarEndAsync()
    {
        var hardware = (await Shell.RunAsync("ip", "netns", "exec", _namespace, "cat", "/sys/class/net/far/address")).Trim();
        await Shell.RunAsync("ip", "neighbour", "replace", FarAddress, "lladdr", hardware, "dev", _near);
        await Shell.RunAsync("ip", "netns", "exec", _namespace, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/icmp_echo_ignore_all");
    }

    /// <summary>Removes the namespace, and with it the link.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // The link first: a namespace lives on, and its end of the link with it, while a process is in it.
            await Shell.TryAsync("ip", "link", "delete", _near);
            await Shell.TryAsync("ip", "netns", "delete", _namespace);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no ip, so there is nothing to remove.
        }
    }
}
