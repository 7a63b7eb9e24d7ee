using OpsKit.Vim25.Generator;
using OpsKit.Vim25.Generator.Emit;
using OpsKit.Vim25.Generator.Manifests;
using OpsKit.Vim25.Generator.Model;
using OpsKit.Vim25.Generator.Wsdl;

#pragma warning disable RS0030 // A developer's tool: it writes to the console itself.
try
{
    var options = GeneratorOptions.Parse(args);
    if (options is null)
    {
        Console.WriteLine(GeneratorOptions.Usage);
        return 0;
    }

    using var http = options.CreateHttpClient();
    var manifest = ManifestParser.Read(options.Manifest);
    var schema = WsdlReader.Read(await new WsdlDocuments(http).LoadAsync(options.Wsdl, CancellationToken.None));
    var selection = Selector.Select(manifest, schema, PropertyModel.Read(options.Model));
    var files = Emitter.Emit(selection, manifest);
    var folder = new OutputFolder(options.Output);
    if (options.Check)
    {
        var differences = folder.Differences(files).ToArray();
        foreach (var difference in differences)
            Console.Error.WriteLine($"differs: {Path.Combine(options.Output, difference)}");
        return differences.Length == 0 ? 0 : 1;
    }

    var written = folder.Write(files);
    Console.WriteLine($"{selection.Operations.Count} operations, {selection.Properties.Count} property paths, {selection.Types.Count} types, {selection.Enums.Count} enumerations: {files.Count} files, {written} changed.");
    return 0;
}
catch (GeneratorException e)
{
    Console.Error.WriteLine(e.Message);
    return 3;
}
