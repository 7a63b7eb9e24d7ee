using System.Text;
using OpsKit.Vim25.Types;

namespace OpsKit.Vim25.Tests.Codec;

/// <summary>Alone in the process: it weighs the heap.</summary>
[CollectionDefinition(nameof(ObjectStreamTests), DisableParallelization = true)]
[Collection(nameof(ObjectStreamTests))]
public sealed class ObjectStreamTests
{
    private const int Objects = 100_000;

    [Fact]
    public void Response_of_100000_objects_is_read_in_flat_memory()
    {
        using var reader = VimReader.Create(new EndlessResponse(Objects));
        reader.MoveToContent();
        var count = 0;
        var atStart = 0L;
        var most = 0L;
        reader.Enter().ShouldBeTrue();
        while (reader.NextChild())
        {
            var content = reader.ReadObject(static () => new ObjectContent())!;
            content.PropSet.Count.ShouldBe(2);
            if (++count % 10_000 != 0)
                continue;
            var held = GC.GetTotalMemory(forceFullCollection: true);
            atStart = atStart == 0 ? held : atStart;
            most = Math.Max(most, held);
        }

        count.ShouldBe(Objects);
        (most - atStart).ShouldBeLessThan(4_000_000, "the reader holds on to what it has read");
    }

    /// <summary>Makes the document while it is read, so that only the reader could hold it.</summary>
    private sealed class EndlessResponse(int objects) : Stream
    {
        private byte[] _part = Encoding.UTF8.GetBytes($"<returnval {Wire.Namespaces}>");
        private int _position;
        private int _next;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position == _part.Length)
                Advance();
            var length = Math.Min(count, _part.Length - _position);
            _part.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
            _position += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private void Advance()
        {
            var text = _next < objects
                ? $"<objects><obj type=\"VirtualMachine\">vm-{_next}</obj><propSet><name>name</name><val xsi:type=\"xsd:string\">machine {_next}</val></propSet>"
                    + $"<propSet><name>config.hardware.memoryMB</name><val xsi:type=\"xsd:int\">{_next}</val></propSet></objects>"
                : _next == objects ? "</returnval>" : "";
            _next++;
            _part = Encoding.UTF8.GetBytes(text);
            _position = 0;
        }
    }
}
