using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator.Emit;

/// <summary>The C# that declares, reads and writes one field.</summary>
internal sealed class FieldCode(Schema schema)
{
    internal static string Type(Field field) => field.Array ? $"IReadOnlyList<{ItemType(field.Type)}>" : $"{ItemType(field.Type)}?";

    internal static string ItemType(TypeName type) => type switch
    {
        { IsXsd: false, Name: BuiltIn.Root } => "DataObject",
        { IsXsd: false } => type.Name,
        _ => type.Name switch
        {
            "boolean" => "bool",
            "int" => "int",
            "long" => "long",
            "short" => "short",
            "byte" => "sbyte",
            "double" => "double",
            "float" => "float",
            "dateTime" => "DateTimeOffset",
            "base64Binary" => "byte[]",
            "anyType" => "object",
            _ => "string",
        },
    };

    /// <summary>Reads one item of the field's type; the reader is on its element.</summary>
    internal string Read(TypeName type) => type switch
    {
        { IsXsd: false, Name: BuiltIn.Reference } => "reader.ReadReference()",
        { IsXsd: false, Name: BuiltIn.Root } => "reader.ReadObject<DataObject>(static () => new UnknownObject())",
        { IsXsd: false } when IsEnum(type) => $"reader.ReadEnum<{type.Name}>()",
        { IsXsd: false } => $"reader.ReadObject(static () => new {type.Name}())",
        _ => $"reader.Read{Scalar(type)}()",
    };

    internal string Assign(Field field, string property) => field.Array
        ? $"{property} = reader.{(IsValue(field.Type) ? "ReadValues" : "ReadList")}({property}, static reader => {Read(field.Type)});"
        : $"{property} = {Read(field.Type)};";

    /// <summary>Reads a request's parameter; the reader knows where it stands.</summary>
    internal string Parameter(Field field)
    {
        var method = !field.Array ? "One" : IsValue(field.Type) ? "Values" : "Many";
        return $"parameters.{method}(\"{field.Name}\", static reader => {Read(field.Type)}{(field.Optional ? "" : ", required: true")})";
    }

    /// <summary>An object as the field's type.</summary>
    internal static string Cast(Field field, string value) => field.Array ? $"VimWriter.ListOf<{ItemType(field.Type)}>({value})" : $"({Type(field)}){value}";

    internal string Write(Field field, string property)
    {
        var required = field.Optional ? "" : ", required: true";
        var many = field.Array ? "s" : "";
        return field.Type switch
        {
            { IsXsd: false, Name: BuiltIn.Reference } => $"writer.WriteReference{many}(\"{field.Name}\", {property}{required});",
            { IsXsd: false } when IsEnum(field.Type) => $"writer.WriteEnum{many}(\"{field.Name}\", {property}{required});",
            { IsXsd: false } => $"writer.WriteObject{many}(\"{field.Name}\", {property}, \"{field.Type.Name}\"{required});",
            _ => $"writer.Write{Scalar(field.Type)}{many}(\"{field.Name}\", {property}{required});",
        };
    }

    internal bool IsEnum(TypeName type) => !type.IsXsd && schema.Enums.ContainsKey(type.Name);

    internal bool IsValue(TypeName type) => type.IsXsd
        ? type.Name is "boolean" or "int" or "long" or "short" or "byte" or "double" or "float" or "dateTime"
        : IsEnum(type);

    private static string Scalar(TypeName type) => type.Name switch
    {
        "boolean" => "Boolean",
        "int" => "Int32",
        "long" => "Int64",
        "short" => "Int16",
        "byte" => "SByte",
        "double" => "Double",
        "float" => "Single",
        "dateTime" => "DateTime",
        "base64Binary" => "Binary",
        "anyType" => "Any",
        _ => "String",
    };
}
