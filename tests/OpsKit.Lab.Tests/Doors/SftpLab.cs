using System.Buffers.Binary;
using System.Net;
using System.Text;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Doors.Sftp;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Operations;

namespace OpsKit.Lab.Tests.Doors;

/// <summary>An SFTP server with a folder, spoken to in packets.</summary>
internal sealed class SftpLab : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-sftp-");
    private readonly LabEstate _estate;

    public SftpLab()
    {
        _estate = EstateBuilder.Build(LabSize.Small, seed: 1, new LabClock(TimeProvider.System, speed: 1000));
        Faults = new FaultList(_estate.Clock);
        Log = new OperationLog(_estate.Clock);
    }

    public string Root => _folder.FullName;

    public FaultList Faults { get; }

    public OperationLog Log { get; }

    public TimeSpan Now => _estate.Clock.Elapsed;

    /// <summary>A packet: type, then fields, of which texts and bytes get their length in front.</summary>
    public static byte[] Packet(SftpKind kind, params object[] fields)
    {
        var rest = fields.SelectMany(field => field switch
        {
            uint number => Big(number),
            ulong number => [.. Big((uint)(number >> 32)), .. Big((uint)number)],
            string text => [.. Big((uint)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)],
            byte[] bytes => [.. Big((uint)bytes.Length), .. bytes],
            _ => throw new ArgumentException($"no field: {field}", nameof(fields)),
        }).ToArray();
        return [.. Big((uint)rest.Length + 1), (byte)kind, .. rest];
    }

    /// <summary>Sends packets, closes, and gives what was answered.</summary>
    public async Task<IReadOnlyList<SftpRequest>> AskAsync(params byte[][] packets)
    {
        using var input = new MemoryStream([.. packets.SelectMany(packet => packet)]);
        using var output = new MemoryStream();
        var doors = new ShellDoors(_estate, Faults, Log, _ => true);
        var shell = new LabShell(new Endpoint(Root), IPAddress.Loopback, SshKey.Create());
        await new SftpServer(shell, doors, Root).ServeAsync(input, output, TestContext.Current.CancellationToken);
        var answers = new List<SftpRequest>();
        for (var rest = output.ToArray().AsMemory(); !rest.IsEmpty;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest.Span);
            answers.Add(new SftpRequest((SftpKind)rest.Span[4], rest.Slice(5, length - 1)));
            rest = rest[(4 + length)..];
        }

        return answers;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Big(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private sealed class Endpoint(string root) : IShellEndpoint
    {
        public string Name => "esx01";

        public string FileSystemRoot => root;

        public bool Accepts(string user, string password) => false;

        public Task<ShellOutcome> ExecuteAsync(string user, string command, Stream input, Stream output, Stream error, CancellationToken cancellationToken) => throw new InvalidOperationException(command);

        public Task<ShellOutcome> ShellAsync(string user, Stream input, Stream output, CancellationToken cancellationToken) => throw new InvalidOperationException("shell");
    }
}
