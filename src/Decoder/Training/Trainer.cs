using System.Diagnostics;
using System.Globalization;
using Autodiff;
using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Sampling;
using Decoder.Terminal;

namespace Decoder.Training;

/// <summary>
/// Trains one model on the training rows of a split. Whatever decides the result (preprocessing, class angles, early stopping) is learned from those rows alone; the
/// test rows are only looked at. After any step the state can be stored, and a trainer that restores it ends with the same bits.
/// </summary>
internal sealed class Trainer
{
    /// <summary>Fraction of the training rows that early stopping validates on.</summary>
    private const double ValidationFraction = 0.2;

    /// <summary>Losses on the test set are for the figure; so many points make a curve.</summary>
    private const int TestLosses = 100;

    /// <summary>Streams of the seed; those below are the simulator's and the split's.</summary>
    private const ulong ValidationStream = 1UL << 40;

    private const ulong FirstEpochStream = ValidationStream + 1;

    private readonly TrainingOptions _options;
    private readonly Generator _generator;
    private readonly Sequential<float> _network;
    private readonly Optimizer<float> _optimizer;
    private readonly Parameter<float>[] _penalized;
    private readonly Parameter<float>[] _otherWeights;
    private readonly DataSet _train;
    private readonly DataSet? _validation;
    private readonly DataSet _test;
    private readonly EarlyStopping? _earlyStopping;
    private readonly float _members;
    private readonly int _batchSize;
    private readonly int[] _order;
    private readonly int? _fold;
    private int _step;
    private int _batch;
    private double _epochLoss;
    private (PendingRead<float> Loss, int Rows)? _pending;
    private double _seconds;
    private bool _isFinished;

    /// <summary>Fits the preprocessing and makes the network.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="split">Rows to train on and to test on.</param>
    /// <param name="model">What to train.</param>
    /// <param name="options">How.</param>
    /// <param name="device">Where.</param>
    /// <param name="fold">Fold of a cross-validation, from 1.</param>
    public Trainer(
        Recording recording, DataSplit split, ModelOptions model, TrainingOptions options, Device device, int? fold = null)
    {
        (_options, _fold, _members) = (options, fold, model.Ensemble);
        var (trainRows, validationRows) = SplitForValidation(split.Train, options);
        var objective = Objective.Create(model, Array.ConvertAll(trainRows, row => recording.Stimuli[row]));
        var preprocessing = PreprocessingPipeline.Fit(model.Preprocessing, recording, trainRows);

        // Each fold has initial weights of its own.
        _generator = new Generator(options.Seed + ((ulong)(fold ?? 0) << 32));
        _network = DecoderNetwork.Create(recording.NeuronCount, model, objective.OutputCount, _generator, device);
        Model = new DecoderModel(_network, objective, preprocessing, recording.NeuronCount, device);
        Parameter<float>[] weights = [.. _network.NamedParameters.Where(pair => pair.Key.EndsWith(".weight", StringComparison.Ordinal)).Select(pair => pair.Value)];
        var penalized = options.Penalize == PenalizedWeights.Input ? 1 : weights.Length;
        (_penalized, _otherWeights) = (weights[..penalized], weights[penalized..]);
        _optimizer = CreateOptimizer();
        _batchSize = Math.Min(options.BatchSize ?? trainRows.Length, trainRows.Length);
        _train = new DataSet(recording, trainRows, preprocessing, objective, device, isOneBatch: _batchSize == trainRows.Length);
        _test = new DataSet(recording, split.Test, preprocessing, objective, device);
        if (options.EarlyStopping is { } patience)
        {
            _validation = new DataSet(recording, validationRows, preprocessing, objective, device);
            _earlyStopping = new EarlyStopping(_network.Parameters, patience);
        }

        _order = new int[_train.Count];
    }

    /// <summary>The model, as far as it is trained.</summary>
    public DecoderModel Model { get; }

    /// <summary>Epochs finished.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether all epochs are done, or early stopping said that more would not help.</summary>
    public bool IsFinished => _isFinished || Epoch >= _options.Epochs;

    /// <summary>Mean time of a training step, seconds.</summary>
    public double SecondsPerStep => _step > 0 ? _seconds / _step : 0;

    /// <summary>Refuses a training set that early stopping would leave too little of.</summary>
    /// <exception cref="InvalidInputException">It has too few rows.</exception>
    public static void Check(int rows, TrainingOptions options)
    {
        var validation = ValidationRows(rows);
        if (options.EarlyStopping is not null && rows - validation < 2)
        {
            throw new InvalidInputException(
                $"--early-stopping takes {validation} of the {rows} training rows for validation, which leaves too few; leave it out.");
        }
    }

    /// <summary>Trains until the last epoch, or until early stopping says so, and with that takes the best weights.</summary>
    /// <param name="observe">Called after each epoch.</param>
    /// <param name="progress">Told the finished fraction and the losses.</param>
    /// <param name="afterStep">Called after each step: the place to store the state, and to leave with an exception.</param>
    /// <param name="lastEpoch">Where to stop although more epochs are to come. The state is to be stored when that epoch is observed: it is not yet that of the best weights.</param>
    /// <exception cref="InvalidInputException">The loss is no longer a number.</exception>
    public void Train(Action<EpochRecord> observe, IProgressTask progress, Action afterStep, int lastEpoch = int.MaxValue)
    {
        var test = double.NaN;
        while (Epoch < lastEpoch && !IsFinished)
        {
            RunSteps(afterStep);
            var record = FinishEpoch();
            test = record.TestLoss ?? test;
            observe(record);
            progress.Report((double)Epoch / _options.Epochs, string.Create(
                CultureInfo.InvariantCulture, $"epoch {Epoch} of {_options.Epochs}, loss {record.TrainLoss:G4}, test loss {test:G4}"));
        }

        _earlyStopping?.TakeBest();
    }

    /// <summary>The loss of the model on the training rows, without dropout and penalties.</summary>
    public double TrainLoss() => LossOn(_train);

    /// <summary>Puts everything that training goes on from into a file.</summary>
    public void Store(SafeTensors file)
    {
        Settle();
        _network.Store(file, "network.");
        _optimizer.Store(file, "optimizer.");
        _earlyStopping?.Store(file);
        file.Metadata["step"] = _step.ToString(CultureInfo.InvariantCulture);
        file.Metadata["batch"] = _batch.ToString(CultureInfo.InvariantCulture);
        file.Metadata["epoch"] = Epoch.ToString(CultureInfo.InvariantCulture);
        file.Metadata["epochLoss"] = _epochLoss.ToString("R", CultureInfo.InvariantCulture);
        file.Metadata["seconds"] = _seconds.ToString("R", CultureInfo.InvariantCulture);
        file.Metadata["generatorOffset"] = _generator.Offset.ToString(CultureInfo.InvariantCulture);
        file.Metadata["fold"] = (_fold ?? 0).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Goes back to a stored state of the same options, data and fold.</summary>
    /// <exception cref="InvalidDataException">The file does not hold such a state.</exception>
    public void Restore(SafeTensors file)
    {
        _network.Restore(file, "network.");
        _optimizer.Restore(file, "optimizer.");
        _earlyStopping?.Restore(file);
        _step = Checkpoint.Int32(file, "step");
        _batch = Checkpoint.Int32(file, "batch");
        Epoch = Checkpoint.Int32(file, "epoch");
        _epochLoss = Checkpoint.Double(file, "epochLoss");
        _isFinished = _batch == 0 && _earlyStopping is { BestEpoch: > 0 } stopping && Epoch - stopping.BestEpoch >= _options.EarlyStopping;
        _seconds = Checkpoint.Double(file, "seconds");
        _generator.Offset = Checkpoint.UInt64(file, "generatorOffset");
    }

    /// <summary>How many of the training rows are left to learn from when early stopping has taken its own.</summary>
    public static int FittedRows(int rows, TrainingOptions options) => rows - (options.EarlyStopping is null ? 0 : ValidationRows(rows));

    private static int ValidationRows(int rows) => Math.Max(1, (int)(rows * ValidationFraction));

    private static (int[] Train, int[] Validation) SplitForValidation(int[] rows, TrainingOptions options)
    {
        if (options.EarlyStopping is null)
        {
            return (rows, []);
        }

        var validation = ValidationRows(rows.Length);
        var shuffled = rows.ToArray();
        new RandomStream(options.Seed, ValidationStream).Shuffle(shuffled.AsSpan());
        return (shuffled[validation..], shuffled[..validation]);
    }

    private Optimizer<float> CreateOptimizer()
    {
        // The gradient of l2 w^2 is 2 l2 w: a weight decay of 2 l2 that goes through the gradient, at no cost. In plain descent all decay does.
        var isDecoupled = _options.WeightDecay > 0;
        var penalty = _options.Optimizer == OptimizerKind.Sgd || !isDecoupled ? 2 * _options.L2 : 0;
        List<ParameterGroup<float>> groups = [new(_penalized, weightDecay: _options.WeightDecay + penalty)];
        if (_otherWeights.Length > 0)
        {
            groups.Add(new(_otherWeights, weightDecay: _options.WeightDecay));
        }

        groups.Add(new(_network.Parameters.Except(_penalized).Except(_otherWeights), weightDecay: 0));
        return (_options.Optimizer, isDecoupled) switch
        {
            (OptimizerKind.Sgd, _) => new Sgd<float>(groups, _options.LearningRate),
            (_, true) => new AdamW<float>(groups, _options.LearningRate),
            _ => new Adam<float>(groups, _options.LearningRate),
        };
    }

    private void RunSteps(Action afterStep)
    {
        _network.Train();
        PutInOrder();
        while (_batch * _batchSize < _order.Length)
        {
            var start = Stopwatch.GetTimestamp();
            var first = _batch * _batchSize;
            var rows = _order.AsMemory(first, Math.Min(_batchSize, _order.Length - first));
            var loss = Step(rows);

            // The loss of the step before has arrived by now: a GPU is never waited for, and has always a step to do.
            Settle();
            _pending = (loss, rows.Length);
            _step++;
            _batch++;
            if (_batch * _batchSize >= _order.Length)
            {
                Settle();
            }

            _seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            afterStep();
        }
    }

    /// <summary>Adds the loss that is being read, if there is one, to those of the epoch.</summary>
    private void Settle()
    {
        if (_pending is not { } pending)
        {
            return;
        }

        _pending = null;
        var loss = pending.Loss.Item();
        _epochLoss += (double)loss * pending.Rows / _order.Length;
        CheckFinite(loss, Epoch + 1);
    }

    /// <summary>One update.</summary>
    /// <returns>The loss before it, without penalties.</returns>
    private PendingRead<float> Step(ReadOnlyMemory<int> rows)
    {
        using var tape = new Tape();
        var loss = _batchSize == _train.Count ? _train.Loss(_network) : _train.Loss(_network, rows);

        // The loss is the mean over members; each is to learn as it would alone.
        tape.Backward(WithPenalties(_members > 1 ? loss * _members : loss));
        _optimizer.Step();
        _optimizer.ZeroGradient();
        return loss.ReadAsync();
    }

    private Tensor<float> WithPenalties(Tensor<float> loss)
    {
        foreach (var weight in _penalized)
        {
            if (_options.L1 > 0)
            {
                loss += weight.Abs().Sum() * (float)_options.L1;
            }

            // Else the optimizer sees to it.
            if (_options.L2 > 0 && _optimizer is AdamW<float>)
            {
                loss += weight.Square().Sum() * (float)_options.L2;
            }
        }

        return loss;
    }

    private EpochRecord FinishEpoch()
    {
        var trainLoss = _epochLoss;
        Epoch++;
        (_epochLoss, _batch) = (0, 0);
        double? validationLoss = _validation is null ? null : LossOn(_validation);
        _isFinished = validationLoss is { } value && _earlyStopping!.Observe(Epoch, value);
        var every = Math.Max(1, _options.Epochs / TestLosses);
        var isTested = Epoch % every == 0 || Epoch == _options.Epochs || _isFinished;
        return new(Epoch, trainLoss, _seconds, _fold, validationLoss, isTested ? LossOn(_test) : null);
    }

    private double LossOn(DataSet data)
    {
        _network.Evaluate();
        using var scope = new Tape(record: false);
        var loss = data.Loss(_network).Item();

        // The last step shows here alone.
        CheckFinite(loss, Epoch);
        return loss;
    }

    private void CheckFinite(double loss, int epoch)
    {
        if (!double.IsFinite(loss))
        {
            throw new DivergenceException(string.Create(
                CultureInfo.InvariantCulture,
                $"The loss became {loss} in epoch {epoch}: training diverged. Choose a smaller --learning-rate than {_options.LearningRate}, or --optimizer adam."));
        }
    }

    /// <summary>Full batches take the rows as they are; else each epoch has an order of its own, which needs no state to be found again.</summary>
    private void PutInOrder()
    {
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        if (_batchSize < _order.Length)
        {
            new RandomStream(_options.Seed, FirstEpochStream + (ulong)Epoch).Shuffle(_order.AsSpan());
        }
    }
}
