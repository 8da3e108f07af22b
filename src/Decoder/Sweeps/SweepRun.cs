using System.Runtime.ExceptionServices;
using Autodiff.Kernels;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Sweeps;

/// <summary>
/// A search from where its folder stands to its end. Each trial is a run that is judged on validation rows, which are a part of the training set; only the best is trained on all of the training
/// set and judged on the test set.
/// </summary>
/// <param name="folder">Its folder.</param>
/// <param name="configuration">What is tried.</param>
/// <param name="recording">The recording.</param>
/// <param name="device">Where to train.</param>
/// <param name="parallel">How many trials run at a time; they share the processors.</param>
internal sealed class SweepRun(SweepFolder folder, SweepConfiguration configuration, Recording recording, Device device, int parallel)
{
    private readonly List<TrialRecord> _records = folder.ReadRecords();
    private readonly Lock _lock = new();

    /// <summary>Makes what is to be there before the result, which says that all is: figures.</summary>
    public Action<SweepResult>? BeforeResult { get; init; }

    /// <summary>Trains what is not trained yet, and writes the result.</summary>
    /// <param name="progress">Told the finished fraction and the best error so far.</param>
    /// <param name="cancellation">Stops the trials that run, with checkpoints.</param>
    /// <exception cref="OperationCanceledException">The search was interrupted.</exception>
    /// <exception cref="InvalidInputException">No trial could be trained.</exception>
    public SweepResult Execute(IProgressTask progress, CancellationToken cancellation)
    {
        var threads = Device.CpuThreads;
        try
        {
            Device.CpuThreads = Math.Max(1, threads / parallel);
            var rungs = HalvingSchedule.Rungs(configuration.Trials.Count, configuration.Trials[0].Training.Epochs, configuration.Halving);
            var board = new SweepProgress(progress, rungs, configuration);
            var remaining = configuration.Trials;
            for (var i = 0; i < rungs.Count; i++)
            {
                Train(remaining, rungs[i].Budget, board, cancellation);
                var survivors = Ranked(rungs[i].Budget).Select(record => record.Trial);
                remaining = [.. (i + 1 < rungs.Count ? survivors.Take(rungs[i + 1].Trials) : survivors).Select(number => configuration.Trials[number - 1])];
                if (remaining.Count == 0)
                {
                    throw new InvalidInputException($"None of the {configuration.Trials.Count} trials could be trained. The first says: {_records[0].Failure}");
                }
            }

            Device.CpuThreads = threads;
            return Finish(remaining[0], board, cancellation);
        }
        finally
        {
            Device.CpuThreads = threads;
        }
    }

    /// <summary>The records of a round, the best first, without those that failed.</summary>
    private IEnumerable<TrialRecord> Ranked(int budget) => configuration.SelectBy.Rank(_records.Where(record => record.Budget == budget && record.Validation is not null));

    private void Train(IReadOnlyList<SweepTrial> trials, int budget, SweepProgress board, CancellationToken cancellation)
    {
        var done = _records.Where(record => record.Budget == budget).ToDictionary(record => record.Trial);
        foreach (var record in done.Values)
        {
            board.Add(record);
        }

        try
        {
            Parallel.ForEach(
                trials.Where(trial => !done.ContainsKey(trial.Number)),
                new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation },
                trial =>
                {
                    var record = Train(trial, budget, board.Of(trial), cancellation);
                    board.Add(record);
                    lock (_lock)
                    {
                        _records.Add(record);
                        folder.WriteRecords(_records);
                    }
                });
        }
        catch (AggregateException e)
        {
            // One of the trials was interrupted, or the disk is full: the first says what the others say.
            cancellation.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }

    private TrialRecord Train(SweepTrial trial, int budget, IProgressTask progress, CancellationToken cancellation)
    {
        var settings = configuration.Run(trial, isWinner: false);
        var run = SweepFolder.OpenOrCreate(folder.Trial(trial.Number), settings);
        try
        {
            // A process may be killed between the end of the trial and the note of it.
            var result = run.ReadResult() ?? new TrainingRun(run, settings, recording, device) { LastEpoch = budget }.Execute(progress, cancellation);
            return new(trial.Number, budget, result.Epochs, result.Test);
        }
        catch (DivergenceException e)
        {
            return new(trial.Number, budget, run.ReadMetrics().Count, Failure: e.Message);
        }
    }

    private SweepResult Finish(SweepTrial best, SweepProgress board, CancellationToken cancellation)
    {
        var settings = configuration.Run(best, isWinner: true);
        var run = SweepFolder.OpenOrCreate(folder.Winner, settings);
        var winner = run.ReadResult() ?? new TrainingRun(run, settings, recording, device).Execute(board.OfWinner(), cancellation);
        var result = new SweepResult
        {
            Data = winner.Data,
            Device = device.Name,
            SelectBy = configuration.SelectBy,
            Trials =
            [
                .. configuration.SelectBy.Rank(_records).Select(record => new SweepResult.TrialSummary(
                    record.Trial, configuration.Trials[record.Trial - 1].Values, record.Budget, record.Epochs, folder.Trial(record.Trial), record.Validation, record.Failure)),
            ],
            Winner = new(best.Number, best.Values, winner.Epochs, winner.Run, winner.Test),
            Sweep = folder.Root,
        };
        BeforeResult?.Invoke(result);
        folder.WriteResult(result, configuration.Searched);
        return result;
    }
}
