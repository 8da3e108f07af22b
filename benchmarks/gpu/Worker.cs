using System.Text.Json;

namespace Benchmarks.Gpu;

/// <summary>The process that measures. What it finds goes to standard output at once, line by line, so that nothing is lost with it.</summary>
public static class Worker
{
    /// <summary>The argument that makes a process a worker.</summary>
    public const string Argument = "--worker";

    /// <summary>Runs the entries that standard input names, up to the first that fails: a device may be of no use after that.</summary>
    /// <returns>The process's exit code.</returns>
    public static int Run(Options options)
    {
        var names = Console.In.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var entries = Catalog.Entries(options.Sizes, options.Filter).ToDictionary(entry => entry.Name);
        using var bench = new Workbench(options.Device, options.Sizes, options.Python);
        try
        {
            Say(new Message(Versions: new Dictionary<string, string>(bench.Torch.Versions()) { ["device"] = $"{bench.Device.Name} ({bench.Device.Kind})" }));
            foreach (var name in names)
            {
                Run(entries[name], bench);
            }

            return 0;
        }
        catch (Exception failure)
        {
            Say(new Message(Failure: $"{failure.GetType().Name}: {failure.Message}"));
            Console.Error.WriteLine(failure);
            return 1;
        }
    }

    private static void Run(Entry entry, Workbench bench)
    {
        Say(new Message(Begin: entry.Name));
        try
        {
            foreach (var finding in entry.Run(bench))
            {
                Say(finding switch
                {
                    Check check => new Message(Check: check),
                    Figure figure => new Message(Figure: figure),
                    Verdict verdict => new Message(Verdict: verdict),
                    _ => throw new InvalidOperationException($"{entry.Name} found a {finding.GetType()}, which no report can show."),
                });
            }
        }
        catch (NotMeasuredException missing) when (entry.IsCheck)
        {
            Say(new Message(Check: new Check(entry.Name, null, 0, missing.Message)));
        }

        Say(new Message(End: entry.Name));
    }

    private static void Say(Message message)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(message, Message.Json));
        Console.Out.Flush();
    }
}
