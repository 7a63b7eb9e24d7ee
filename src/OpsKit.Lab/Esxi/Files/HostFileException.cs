namespace OpsKit.Lab.Esxi.Files;

/// <summary>A file system call that failed, with the words Unix has for it.</summary>
internal sealed class HostFileException(string reason) : IOException(reason)
{
    public const string NoEntry = "No such file or directory";
    public const string IsFolder = "Is a directory";
    public const string NotFolder = "Not a directory";
    public const string Exists = "File exists";
    public const string NotEmpty = "Directory not empty";
    public const string NoSpace = "No space left on device";
    public const string Invalid = "Invalid argument";
    public const string Denied = "Permission denied";
    public const string Busy = "Device or resource busy";

    /// <summary>What this machine's exception means there.</summary>
    public static string ReasonOf(Exception exception) => exception switch
    {
        HostFileException => exception.Message,
        FileNotFoundException or DirectoryNotFoundException => NoEntry,
        UnauthorizedAccessException => Denied,
        PathTooLongException => "File name too long",
        IOException when exception.Message is Invalid or NoSpace || exception.Message.StartsWith("Too many", StringComparison.Ordinal) => exception.Message,
        IOException => "Input/output error",
        _ => Invalid,
    };

    public static bool IsFileFailure(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
