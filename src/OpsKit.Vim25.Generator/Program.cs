using OpsKit.Vim25.Generator;

#pragma warning disable RS0030 // A developer's tool: it writes to the console itself.
return await Generation.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
