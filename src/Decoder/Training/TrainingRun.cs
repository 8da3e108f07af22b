using System.Diagnostics;
using Autodiff;
using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Training;

/// <summary>
/// A run from where its folder stands to its end: nothing yet, a checkpoint, or some folds of a cross-validation. The folder is left so that the run can be taken up
/// again after an interruption, or after the process was killed, and then ends with the same bits.
/// </summary>
internal sealed class TrainingRun(RunFolder folder, RunConfiguration configuration, Recording recording, Device device)
{
    private readonly List<FoldRecord> _folds = folder.ReadFolds();

    /// <summary>Makes what is to be there before the result, which says that all is: figures.</summary>
    public Action? BeforeResult { get; init; }

    /// <summary>Where to stop although more epochs are to come: the run is then judged as it stands, and can be taken up again. Not for a cross-validation.</summary>
    public int LastEpoch { get; init; } = int.MaxValue;

    /// <summary>The most training that a killed process may lose.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Refuses what a recording does not allow, before a folder is made.</summary>
    /// <exception cref="InvalidInputException">The split or the folds are not possible.</exception>
    public static void Check(Recording recording, ModelOptions model, TrainingOptions options)
    {
        if (options.Folds is not null && recording.TestStart is not null)
        {
            throw new InvalidInputException($"{recording.Source} comes split into training and test set, which --folds would mix; leave out --folds.");
        }

        try
        {
            // The first fold has the most rows to test on.
            var split = options.Folds is { } folds
                ? DataSplit.Folds(recording.Stimuli, folds, options.Seed)[0]
                : options.Split(recording);
            Trainer.Check(split.Train.Length, options);
            PreprocessingPipeline.Check(model.Preprocessing, recording, Trainer.FittedRows(split.Train.Length, options));
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException(e.Message);
        }
    }

    /// <summary>Trains, predicts the test set and writes the result.</summary>
    /// <param name="progress">Told the finished fraction and the losses.</param>
    /// <param name="cancellation">Ends training after the step that runs, with a checkpoint.</param>
    /// <exception cref="OperationCanceledException">Training was interrupted; the checkpoint is written.</exception>
    public RunResult Execute(IProgressTask progress, CancellationToken cancellation) => configuration.Training.Folds is { } folds
        ? CrossValidate(DataSplit.Folds(recording.Stimuli, folds, configuration.Training.Seed), progress, cancellation)
        : TrainOnce(configuration.Training.Split(recording), progress, cancellation);

    private RunResult TrainOnce(DataSplit split, IProgressTask progress, CancellationToken cancellation)
    {
        var (record, predictions, model, isFinished) = Train(split, fold: null, progress, cancellation);
        if (!isFinished)
        {
            return Summarize([record], record.Test);
        }

        PredictionTable.Write(folder.Predictions, predictions);
        var file = new SafeTensors();
        model.Store(file);
        recording.Subset?.Store(file);
        file.Save(folder.Model);
        return Finish([record], record.Test);
    }

    private RunResult CrossValidate(DataSplit[] splits, IProgressTask progress, CancellationToken cancellation)
    {
        var predictions = _folds.Count > 0 ? folder.ReadPredictions() : [];
        var finished = splits.Take(_folds.Count).Sum(split => split.Test.Length);
        if (predictions.Count < finished)
        {
            throw new InvalidInputException(
                $"{folder.Predictions} has {predictions.Count} predictions, but the {_folds.Count} finished folds made {finished}: it was changed. Start a new run.");
        }

        predictions.RemoveRange(finished, predictions.Count - finished);
        Objective? objective = null;
        for (var fold = _folds.Count; fold < splits.Length; fold++)
        {
            var (record, heldOut, model, _) = Train(splits[fold], fold + 1, new PartOfTask(progress, fold, splits.Length), cancellation);
            objective = model.Objective;

            // In this order: a fold counts as finished when its record is there.
            predictions.AddRange(heldOut);
            PredictionTable.Write(folder.Predictions, predictions);
            _folds.Add(record);
            folder.WriteFolds(_folds);
            File.Delete(folder.Checkpoint);
        }

        objective ??= Objective.Create(configuration.Model, recording.Stimuli);
        return Finish(_folds, DecodingScores.Compute(predictions, objective));
    }

    private (FoldRecord Record, Prediction[] Predictions, DecoderModel Model, bool IsFinished) Train(
        DataSplit split, int? fold, IProgressTask progress, CancellationToken cancellation)
    {
        var trainer = new Trainer(recording, split, configuration.Model, configuration.Training, device, fold);
        Resume(trainer, fold);
        var lastCheckpoint = Stopwatch.GetTimestamp();
        using (var metrics = new StreamWriter(folder.Metrics, append: true) { AutoFlush = true })
        {
            trainer.Train(
                record =>
                {
                    metrics.WriteLine(RunFolder.Line(record));
                    if (record.Epoch == LastEpoch && !trainer.IsFinished)
                    {
                        Save(trainer);
                    }
                },
                progress,
                afterStep: () =>
                {
                    if (cancellation.IsCancellationRequested || Stopwatch.GetElapsedTime(lastCheckpoint) > CheckpointInterval)
                    {
                        Save(trainer);
                        lastCheckpoint = Stopwatch.GetTimestamp();
                        cancellation.ThrowIfCancellationRequested();
                    }
                },
                LastEpoch);
        }

        var predictions = trainer.Model.Predict(recording, split.Test);
        var scores = DecodingScores.Compute(predictions, trainer.Model.Objective);
        var outcome = new FoldRecord(fold ?? 1, trainer.Epoch, trainer.TrainLoss(), scores, trainer.SecondsPerStep, trainer.Model.ParameterCount);
        return (outcome, predictions, trainer.Model, trainer.IsFinished);
    }

    private void Save(Trainer trainer)
    {
        var file = new SafeTensors();
        trainer.Store(file);
        file.Save(folder.Checkpoint);
    }

    /// <summary>Takes the trainer to the checkpoint, if that is of its fold, and the metrics back to where the trainer is.</summary>
    private void Resume(Trainer trainer, int? fold)
    {
        if (folder.ReadCheckpoint() is { } file)
        {
            try
            {
                if (Checkpoint.Int32(file, "fold") == (fold ?? 0))
                {
                    trainer.Restore(file);
                }
            }
            catch (Exception e) when (e is InvalidDataException or KeyNotFoundException)
            {
                throw new InvalidInputException($"{folder.Checkpoint} does not fit config.json beside it: {e.Message}");
            }
        }

        folder.WriteMetrics(folder.ReadMetrics().Where(record => record.Fold == fold ? record.Epoch <= trainer.Epoch : record.Fold < fold));
    }

    private RunResult Summarize(IReadOnlyList<FoldRecord> parts, DecodingScores scores) => new()
    {
        Data = new(recording.NeuronCount, recording.StimulusCount, recording.IsSimulated),
        Device = device.Name,
        Parameters = parts[0].Parameters,
        Epochs = (int)Math.Round(parts.Average(part => part.Epochs)),
        Train = new(parts.Average(part => part.TrainLoss)),
        Test = scores,
        SecondsPerStep = parts.Average(part => part.SecondsPerStep),
        Folds = configuration.Training.Folds,
        ValidationFraction = configuration.Training.ValidationFraction,
        Run = folder.Root,
    };

    private RunResult Finish(IReadOnlyList<FoldRecord> parts, DecodingScores scores)
    {
        var result = Summarize(parts, scores);
        BeforeResult?.Invoke();
        folder.WriteResult(result);
        File.Delete(folder.Checkpoint);
        return result;
    }

    /// <summary>One of several equal parts of a task.</summary>
    private sealed class PartOfTask(IProgressTask whole, int part, int parts) : IProgressTask
    {
        public void Report(double value) => Report(value, "");

        public void Report(double fraction, string status) => whole.Report((part + fraction) / parts, $"fold {part + 1} of {parts}, {status}");
    }
}
