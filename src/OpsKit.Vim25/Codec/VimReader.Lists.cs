using System.Buffers;

namespace OpsKit.Vim25;

/// <content>Repeated elements, read in one go so that only one array of the right size is made.</content>
public sealed partial class VimReader
{
    internal delegate T? ItemReader<T>(VimReader reader);

    internal delegate T? ValueReader<T>(VimReader reader)
        where T : struct;

    /// <summary>Reads all neighbouring elements of the name the reader is on, behind those that came before.</summary>
    internal IReadOnlyList<T> ReadList<T>(IReadOnlyList<T> before, ItemReader<T> readItem)
    {
        var name = Name;
        var first = readItem(this);
        if (before.Count == 0 && first is not null && !IsAtNext(name))
            return [first];

        var items = new ItemBuffer<T>();
        try
        {
            items.Add(first);
            while (IsAtNext(name))
                items.Add(readItem(this));
            return items.ToArray(before);
        }
        finally
        {
            items.Release();
        }
    }

    /// <inheritdoc cref="ReadList{T}"/>
    internal IReadOnlyList<T> ReadValues<T>(IReadOnlyList<T> before, ValueReader<T> readItem)
        where T : struct
    {
        var name = Name;
        var items = new ItemBuffer<T>();
        try
        {
            do
            {
                if (readItem(this) is { } item)
                    items.Add(item);
            }
            while (IsAtNext(name));
            return items.ToArray(before);
        }
        finally
        {
            items.Release();
        }
    }

    private bool IsAtNext(string name) => Peek() == XmlEvent.Start && _xml.Name.Local == name;

    private struct ItemBuffer<T>
    {
        private T[]? _items;
        private int _count;

        internal void Add(T? item)
        {
            if (item is null)
                return;
            if (_items is null || _count == _items.Length)
                Grow();
            _items![_count++] = item;
        }

        internal readonly T[] ToArray(IReadOnlyList<T> before)
        {
            ReadOnlySpan<T> items = _items.AsSpan(0, _count);
            return before.Count == 0 ? items.ToArray() : [.. before, .. items];
        }

        internal readonly ArrayOf<T> ToList(string typeName)
        {
            var list = new ArrayOf<T>(typeName) { Capacity = _count };
            list.AddRange(_items.AsSpan(0, _count));
            return list;
        }

        internal void Release()
        {
            if (_items is not null)
                ArrayPool<T>.Shared.Return(_items, clearArray: true);
            _items = null;
        }

        private void Grow()
        {
            var larger = ArrayPool<T>.Shared.Rent(Math.Max(16, _count * 2));
            _items.AsSpan(0, _count).CopyTo(larger);
            Release();
            _items = larger;
        }
    }
}
