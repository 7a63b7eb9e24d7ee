using OpsKit.Vim25.Generator.Emit;
using OpsKit.Vim25.Generator.Manifests;
using OpsKit.Vim25.Generator.Model;
using OpsKit.Vim25.Generator.Wsdl;

namespace OpsKit.Vim25.Generator;

/// <summary>One run of the generator: from the command line to the files.</summary>
internal static class Generation
{
    /// <returns>0 done; 1 the files are not what <c>--check</c> wants; 3 something given is wrong, and nothing was written.</returns>
    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var options = GeneratorOptions.Parse(args);
            if (options is null)
            {
                await output.WriteLineAsync(GeneratorOptions.Usage);
                return 0;
            }

            using var http = options.CreateHttpClient();
            var manifest = ManifestParser.Read(options.Manifest);
            var schema = WsdlReader.Read(await new WsdlDocuments(http).LoadAsync(options.Wsdl, cancellationToken));
            var selection = Selector.Select(manifest, schema, PropertyModel.Read(options.Model));
            var files = Emitter.Emit(selection, manifest);
            var folder = new OutputFolder(options.Output);
            if (options.Check)
            {
                var differences = folder.Differences(files).ToArray();
                foreach (var difference in differences)
                    await error.WriteLineAsync($"differs: {Path.Combine(options.Output, difference)}");
                return differences.Length == 0 ? 0 : 1;
            }

            var written = folder.Write(files);
            await output.WriteLineAsync($"{selection.Operations.Count} operations, {selection.Properties.Count} property paths, {selection.Types.Count} types, {selection.Enums.Count} enumerations: {files.Count} files, {written} changed.");
            return 0;
        }
        catch (GeneratorException e)
        {
            await error.WriteLineAsync(e.Message);
            return 3;
        }
    }
}
