namespace OpsKit.Vim25.Generator;

/// <summary>An input is wrong; the message names the file and, where there is one, the line.</summary>
internal sealed class GeneratorException(string message, Exception? innerException = null) : Exception(message, innerException);
