using Benchmarks.Peers;

// peers --command TEXT --commit TEXT --out FOLDER [--native PROGRAM] [FILTER]     run through benchmarks/run.sh, which fills these in
// peers --alone BENCHMARK ours|theirs                          one side alone: see ProcessComparison
try
{
    if (args is [ProcessComparison.Argument, var name, ("ours" or "theirs") and var side])
    {
        var alone = TrainingSuite.Benchmarks().Single(benchmark => benchmark.Name == name);
        ProcessComparison.RunAlone(side == "ours" ? alone.Ours : alone.Theirs, alone.WholeProcess!.Value);
        return 0;
    }

    if (args is ["--command", var command, "--commit", var commit, "--out", var folder, .. var rest])
    {
        var native = rest is ["--native", ..] ? rest[1] : null;
        var filter = native is null ? rest : rest[2..];
        Benchmark[] all = [.. TrainingSuite.Benchmarks(), .. MatMulSuite.Benchmarks(), .. ElementwiseSuite.Benchmarks(), .. ConvolutionSuite.Benchmarks()];
        return PeerRun.Run(all, command, commit, folder, native, filter.FirstOrDefault(""));
    }

    Console.Error.WriteLine("Run benchmarks/run.sh [FILTER].");
    return 2;
}
catch (InvalidOperationException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
catch (TypeInitializationException error) when (error.InnerException is NotSupportedException)
{
    Console.Error.WriteLine("libtorch did not load; most likely this system's libstdc++ is older than that of gcc 13 (GLIBCXX_3.4.32). "
        + "Run benchmarks/run.sh, which brings a newer one where it is needed.");
    return 1;
}
