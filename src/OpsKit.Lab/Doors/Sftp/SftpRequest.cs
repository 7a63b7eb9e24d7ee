using System.Buffers.Binary;
using System.Text;

namespace OpsKit.Lab.Doors.Sftp;

/// <summary>A packet from a client, read from its front.</summary>
/// <param name="kind">Its type.</param>
/// <param name="rest">What follows the type.</param>
internal sealed class SftpRequest(SftpKind kind, ReadOnlyMemory<byte> rest)
{
    private ReadOnlyMemory<byte> _rest = rest;

    public SftpKind Kind => kind;

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(sizeof(ulong)));

    public ReadOnlySpan<byte> Bytes() => Take(UInt32());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <exception cref="SftpException">It ends before.</exception>
    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > _rest.Length)
            throw new SftpException(SftpStatus.BadMessage, "Bad message");
        var taken = _rest.Span[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}

/// <summary>Types of packets (draft-ietf-secsh-filexfer-02, 3).</summary>
internal enum SftpKind
{
    Init = 1,
    Version = 2,
    Open = 3,
    Close = 4,
    Read = 5,
    Write = 6,
    LStat = 7,
    FStat = 8,
    SetStat = 9,
    FSetStat = 10,
    OpenDir = 11,
    ReadDir = 12,
    Remove = 13,
    MkDir = 14,
    RmDir = 15,
    RealPath = 16,
    Stat = 17,
    Rename = 18,
    ReadLink = 19,
    SymLink = 20,
    Status = 101,
    Handle = 102,
    Data = 103,
    Name = 104,
    Attributes = 105,
    Extended = 200,
}
