using Benchmarks.Gpu;

// gpu-benchmarks OPTIONS [FILTER]                     run through benchmarks/gpu/run.sh, whose --help explains them
// gpu-benchmarks --worker OPTIONS                     the process that measures what its standard input names: see Supervisor
// gpu-benchmarks --first-step DEVICE [--small]        one training step: see StartSuite
// gpu-benchmarks --memory DEVICE [--small]            what training needs of memory: see TrainingSuite
try
{
    switch (args)
    {
        case [StartSuite.Argument, var device, .. var size]:
            StartSuite.FirstStep(device, size is ["--small"] ? Sizes.Small : Sizes.Full);
            return 0;
        case [TrainingSuite.MemoryArgument, var device, .. var size]:
            TrainingSuite.CountMemory(device, size is ["--small"] ? Sizes.Small : Sizes.Full);
            return 0;
        case [Worker.Argument, .. var options]:
            return Worker.Run(Options.Parse(options));
        default:
            return Supervisor.Run(Options.Parse(args));
    }
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
