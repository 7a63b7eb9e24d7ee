using OpsKit.Lab;

return await LabProgram.RunAsync(args);
