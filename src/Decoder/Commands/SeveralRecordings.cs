using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Decoder.Recordings;
using Decoder.Reports;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary>Trains on several recordings, one after the other, and compares them in a table. What is wrong with one does not keep the others from being trained.</summary>
internal static class SeveralRecordings
{
    /// <summary>Trains on each recording in a folder of its own.</summary>
    /// <param name="sources">The recordings.</param>
    /// <param name="root">The folder of the folders.</param>
    /// <param name="parse">The command line.</param>
    /// <param name="train">Trains on one, in a folder; its result is null where it was interrupted.</param>
    public static async Task<int> TrainAsync(
        IReadOnlyList<RecordingSource> sources,
        string root,
        ParseResult parse,
        Func<RecordingSource, string, Task<(RunConfiguration Configuration, RunResult? Result)>> train)
    {
        var finished = new List<(RunConfiguration Configuration, RunResult Result)>();
        var error = parse.InvocationConfiguration.Error;
        var names = FolderNames(sources);
        var code = ExitCode.Success;
        for (var i = 0; i < sources.Count; i++)
        {
            error.WriteLine($"decoder: recording {i + 1} of {sources.Count}: {sources[i].File}");
            try
            {
                var (configuration, result) = await train(sources[i], Path.Combine(root, names[i]));
                if (result is null)
                {
                    TellRest(sources.Skip(i + 1), error);
                    code = ExitCode.Interrupted;
                    break;
                }

                finished.Add((configuration, result));
            }
            catch (Exception e) when (e is InvalidInputException or RecordingException or IOException or UnauthorizedAccessException)
            {
                error.WriteLine($"decoder: {e.Message}");
                code = ExitCode.BadInput;
            }
            catch (OperationCanceledException)
            {
                TellRest(sources.Skip(i), error);
                code = ExitCode.Interrupted;
                break;
            }
        }

        if (finished.Count > 0)
        {
            Print(parse, finished);
        }

        return code;
    }

    private static void TellRest(IEnumerable<RecordingSource> rest, TextWriter error)
    {
        var files = string.Join(' ', rest.Select(source => source.File));
        error.WriteLine(files.Length == 0 ? "decoder: interrupted." : $"decoder: interrupted; not begun: {files}");
    }

    /// <summary>The names of the files without ending; of those that are equal the second ends with -2.</summary>
    private static string[] FolderNames(IReadOnlyList<RecordingSource> sources)
    {
        var names = new List<string>();
        foreach (var source in sources)
        {
            var name = Path.GetFileNameWithoutExtension(source.File!);
            var free = name;
            for (var i = 2; names.Contains(free, StringComparer.OrdinalIgnoreCase); i++)
            {
                free = $"{name}-{i}";
            }

            names.Add(free);
        }

        return [.. names];
    }

    private static void Print(ParseResult parse, List<(RunConfiguration Configuration, RunResult Result)> runs)
    {
        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            var results = runs.Select(run => JsonSerializer.Serialize(run.Result, RunJson.Default.RunResult));
            output.WriteLine($"{{\"runs\":[{string.Join(',', results)}]}}");
            return;
        }

        var width = Math.Max(9, runs.Max(run => Path.GetFileName(run.Configuration.Identity.Source).Length));
        var hasClasses = runs[0].Result.Test.Accuracy is not null;
        output.WriteLine($"{"recording".PadRight(width)}  {"rows",7}  {"neurons",7}  {"median error",12}  {"mean error",10}{(hasClasses ? "  accuracy" : "")}  run");
        foreach (var (configuration, result) in runs)
        {
            var test = result.Test;
            output.WriteLine(
                $"{Path.GetFileName(configuration.Identity.Source).PadRight(width)}  "
                + string.Create(CultureInfo.InvariantCulture, $"{result.Data.Stimuli,7}  {result.Data.Neurons,7}  {test.MedianAbsoluteErrorDegrees,12:F2}  {test.MeanAbsoluteErrorDegrees,10:F2}")
                + (hasClasses ? string.Create(CultureInfo.InvariantCulture, $"  {test.Accuracy,8:F3}") : "") + $"  {result.Run}");
        }

        output.WriteLine($"report: {CommandText.On("report", [.. runs.Select(run => run.Result.Run)])} --out report.html");
    }
}
