using OpsKit.Lab.Esxi.Files;
using OpsKit.Lab.Esxi.Processes;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary>A program that is being run: its arguments, what it reads and writes, and the host it is on.</summary>
internal sealed class HostCall
{
    private readonly HostWriter _out;
    private readonly HostWriter _error;

    public HostCall(EsxiSystem system, HostProcess process, Descriptors descriptors, IReadOnlyList<string> words, string folder, IReadOnlyDictionary<string, string> environment)
    {
        System = system;
        Process = process;
        Descriptors = descriptors;
        Name = words[0];
        Words = [.. words.Skip(1)];
        Folder = folder;
        Environment = environment;
        Input = new DescriptorStream(descriptors[0], process);
        Output = new DescriptorStream(descriptors[1], process);
        Error = new DescriptorStream(descriptors[2], process);
        _out = new HostWriter(Output);
        _error = new HostWriter(Error);
    }

    public EsxiSystem System { get; }

    public HostProcess Process { get; }

    public Descriptors Descriptors { get; }

    /// <summary>What it was called as, without its folder.</summary>
    public string Name { get; }

    /// <summary>Its arguments, in <see cref="ByteText"/>.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Its arguments, read as UTF-8.</summary>
    public IReadOnlyList<string> Arguments => [.. Words.Select(ByteText.Decode)];

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream Error { get; }

    /// <summary>Its output as text, in <see cref="ByteText"/>; what is left in it goes out at the end.</summary>
    public HostWriter Out => _out;

    public HostWriter ErrorOut => _error;

    /// <summary>The working directory.</summary>
    public string Folder { get; }

    public IReadOnlyDictionary<string, string> Environment { get; }

    public LabHost Host => System.Host;

    public LabEstate Estate => System.Estate;

    public HostFiles Files => System.Files;

    /// <summary>Cancelled when the process is to end.</summary>
    public CancellationToken CancellationToken => Process.Token;

    /// <summary>A path it was given, as an absolute one.</summary>
    public string PathOf(string path) => HostFiles.Resolve(Folder, path);

    /// <summary>Opens a file that it writes.</summary>
    public Stream OpenWrite(string path, HostWriting how) => Files.OpenWrite(PathOf(path), how, Process.FileCreationMask);

    /// <summary>The name it complains under, where that is not its own.</summary>
    public string? Complaints { get; init; }

    /// <summary>Complains.</summary>
    public int Fail(string message, int status = 1)
    {
        _error.Write($"{Complaints ?? Name}: {message}\n");
        return status;
    }

    public async Task FlushAsync()
    {
        await _out.FlushAsync().ConfigureAwait(false);
        await _error.FlushAsync().ConfigureAwait(false);
    }
}
