using System.Collections;

namespace OpsKit.Vim25.Tests.Codec;

/// <summary>Compares generated objects property by property, subtypes included.</summary>
internal static class SameObject
{
    internal static void ShouldBeSame(object? actual, object? expected, string path)
    {
        switch (expected)
        {
            case null:
                actual.ShouldBeNull(path);
                break;
            case DataObject:
                actual.ShouldNotBeNull(path);
                actual.GetType().ShouldBe(expected.GetType(), path);
                foreach (var property in expected.GetType().GetProperties())
                    ShouldBeSame(property.GetValue(actual), property.GetValue(expected), $"{path}.{property.Name}");
                break;
            case string or ManagedObjectReference:
                actual.ShouldBe(expected, path);
                break;
            case IEnumerable list:
                var (left, right) = (((IEnumerable)actual!).Cast<object?>().ToArray(), list.Cast<object?>().ToArray());
                left.Length.ShouldBe(right.Length, path);
                for (var i = 0; i < right.Length; i++)
                    ShouldBeSame(left[i], right[i], $"{path}[{i}]");
                break;
            default:
                actual.ShouldBe(expected, path);
                break;
        }
    }
}
