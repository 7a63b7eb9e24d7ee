using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpsKit.Lab.Doors.Sftp;

/// <summary>A packet to a client; its length is put in front when it is taken.</summary>
internal sealed class SftpAnswer
{
    private readonly ArrayBufferWriter<byte> _packet = new(256);

    public SftpAnswer(SftpKind kind, uint number)
    {
        UInt32(0);
        _packet.Write([(byte)kind]);
        UInt32(number);
    }

    public static SftpAnswer Status(uint number, SftpStatus status, string message) => new SftpAnswer(SftpKind.Status, number).UInt32((uint)status).Text(message).Text("en");

    public SftpAnswer UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_packet.GetSpan(sizeof(uint)), value);
        _packet.Advance(sizeof(uint));
        return this;
    }

    public SftpAnswer UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_packet.GetSpan(sizeof(ulong)), value);
        _packet.Advance(sizeof(ulong));
        return this;
    }

    public SftpAnswer Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public SftpAnswer Bytes(ReadOnlySpan<byte> bytes)
    {
        UInt32((uint)bytes.Length);
        _packet.Write(bytes);
        return this;
    }

    /// <summary>The whole packet.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var bytes = _packet.WrittenMemory.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - sizeof(int));
        return bytes;
    }
}
