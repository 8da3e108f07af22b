using System.Globalization;
using Decoder.Terminal;

namespace Decoder.Sweeps;

/// <summary>Puts the progress of trials that run side by side together.</summary>
internal sealed class SweepProgress(IProgressTask whole, IReadOnlyList<HalvingSchedule.Rung> rungs, SweepConfiguration configuration)
{
    private readonly Lock _lock = new();
    private readonly double[] _epochs = new double[configuration.Trials.Count + 1];
    private readonly HashSet<int> _seen = [];
    private double _best = double.PositiveInfinity;

    private int EpochsOfTraining => configuration.Trials[0].Training.Epochs;

    /// <summary>Epochs of all rounds, and of the best once more.</summary>
    private double Total => rungs.Select((rung, i) => (double)rung.Trials * (rung.Budget - (i == 0 ? 0 : rungs[i - 1].Budget))).Sum() + EpochsOfTraining;

    /// <summary>Where a trial reports to.</summary>
    public IProgressTask Of(SweepTrial trial) => new Part(this, trial.Number);

    /// <summary>Where the best reports to when it is trained once more.</summary>
    public IProgressTask OfWinner() => new Part(this, 0);

    /// <summary>Notes that a trial has come to the end of a round.</summary>
    public void Add(TrialRecord record)
    {
        lock (_lock)
        {
            _seen.Add(record.Trial);
            if (record.Validation is { } scores)
            {
                _best = Math.Min(_best, configuration.SelectBy.Value(scores));
            }
        }

        Report(record.Trial, record.Budget);
    }

    private void Report(int part, double epochs)
    {
        lock (_lock)
        {
            _epochs[part] = Math.Max(_epochs[part], epochs);
            var best = double.IsFinite(_best) ? string.Create(CultureInfo.InvariantCulture, $", best {configuration.SelectBy.ToString().ToLowerInvariant()} {_best:G4}") : "";
            var status = part == 0 ? "the best on the whole training set" : $"{_seen.Count} of {configuration.Trials.Count} trials{best}";
            whole.Report(Math.Min(1, _epochs.Sum() / Total), status);
        }
    }

    private sealed class Part(SweepProgress board, int number) : IProgressTask
    {
        public void Report(double value) => board.Report(number, value * board.EpochsOfTraining);

        public void Report(double fraction, string status) => Report(fraction);
    }
}
