using System.CommandLine;
using System.Globalization;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary>The options of <c>decoder train</c> that decide its outcome, and what they mean together.</summary>
internal sealed class TrainOptions
{
    private const int DefaultPatience = 50;

    private readonly TrainingDataOptions _data = new();

    private readonly Option<string> _hidden = new("--hidden")
    {
        Description = "Units of the hidden layers, such as 100 or 100,50; 0 or none for a linear decoder.",
        HelpName = "N[,N...]",
        DefaultValueFactory = _ => "100",
    };

    private readonly Option<int> _ensemble = new("--ensemble")
    {
        Description = "Train so many networks side by side, from initial weights of their own, and average them.",
        HelpName = "K",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> _activation = Choice<Activation>("--activation", "The nonlinearity behind each hidden layer.", "relu");

    private readonly Option<string> _loss = Choice<LossKind>(
        "--loss", "What is learned: mse, the angle in degrees, as in the tutorial; circular, its sine and cosine; von-mises, those with a concentration, so that each decoded angle says how uncertain it is; classes, which of --classes parts of the circle.", "mse");

    private readonly Option<int?> _classes = new("--classes")
    {
        Description = "Number of classes, for --loss classes. [default: 20]",
        HelpName = "N",
    };

    private readonly Option<double?> _labelWidth = new("--label-width")
    {
        Description = "For --loss classes: spread a stimulus over neighbouring classes, in training, as a Gaussian of so many degrees; 0 for the one class it is in. [default: a third of the width of a class]",
        HelpName = "DEGREES",
    };

    private readonly Option<int?> _period = new("--period")
    {
        Description = "360 to decode direction, 180 to decode orientation, for --loss circular, von-mises and classes. [default: 360]",
        HelpName = "360|180",
    };

    private readonly Option<string?> _normalize = new("--normalize")
    {
        Description = "none; zscore: each neuron to mean 0 and standard deviation 1 on the training set; or spontaneous: the same on the responses of --spontaneous. [default: none for --loss mse, else zscore]",
        HelpName = "none|zscore|spontaneous",
    };

    private readonly Option<int> _removedComponents = new("--remove-components")
    {
        Description = "Remove so many leading principal components of the training set, which are mostly arousal, from all responses.",
        HelpName = "K",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string> _optimizer = Choice<OptimizerKind>("--optimizer", "How weights are updated.", "adam");

    private readonly Option<double> _learningRate = new("--learning-rate")
    {
        Description = "The learning rate.",
        HelpName = "RATE",
        DefaultValueFactory = _ => 1e-3,
    };

    private readonly Option<int?> _epochs = new("--epochs")
    {
        Description = $"Passes over the training set. [default: {LossDefaults.Of(LossKind.Mse).Epochs} for --loss mse, else {LossDefaults.Of(LossKind.Circular).Epochs}]",
        HelpName = "N",
    };

    private readonly Option<int?> _batchSize = new("--batch-size")
    {
        Description = "Rows per step. [default: the whole training set]",
        HelpName = "N",
    };

    private readonly Option<double> _testFraction = new("--test-fraction")
    {
        Description = "Fraction of the rows to test on, where the recording is not split already.",
        HelpName = "F",
        DefaultValueFactory = _ => 0.4,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Decides the simulation, the split, the initial weights, the batches and the dropout.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<double> _l1 = new("--l1")
    {
        Description = "Weight of the sum of |w| over the weights that --penalize names (never biases) in what is minimized.",
        HelpName = "X",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<double> _l2 = new("--l2")
    {
        Description = "Weight of the sum of w² over the weights that --penalize names (never biases) in what is minimized.",
        HelpName = "X",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string> _penalize = Choice<PenalizedWeights>(
        "--penalize", "Which weights --l1 and --l2 are on: all, or input, those of the first layer, as in the tutorial; L1 then leaves out neurons.", "all");

    private readonly Option<double?> _weightDecay = new("--weight-decay")
    {
        Description = $"Decay of all weights (not biases) apart from the gradient, as in AdamW: times the learning rate, per step. [default: {Text(LossDefaults.Of(LossKind.Mse).WeightDecay)} for --loss mse, else {Text(LossDefaults.Of(LossKind.Circular).WeightDecay)}]",
        HelpName = "X",
    };

    private readonly Option<double?> _dropout = new("--dropout")
    {
        Description = $"Probability with which a hidden unit is left out of a step. [default: {Text(LossDefaults.Of(LossKind.Mse).Dropout)} for --loss mse, else {Text(LossDefaults.Of(LossKind.Circular).Dropout)}]",
        HelpName = "P",
    };

    private readonly Option<double?> _inputDropout = new("--input-dropout")
    {
        Description = $"Probability with which a neuron is left out of a step. [default: {Text(LossDefaults.Of(LossKind.Mse).InputDropout)} for --loss mse, else {Text(LossDefaults.Of(LossKind.Circular).InputDropout)}]",
        HelpName = "P",
    };

    private readonly Option<int?> _earlyStopping = new("--early-stopping")
    {
        Description = $"Stop after PATIENCE epochs (default {DefaultPatience}) without a better loss on a fifth of the training set, set aside for that, and take the best weights.",
        HelpName = "PATIENCE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int?> _folds = new("--folds")
    {
        Description = "Cross-validate: K times, train afresh on all but a K-th of the rows and test on that. Leaves no model.",
        HelpName = "K",
    };

    /// <summary>All options, in the order in which help shows them.</summary>
    public IReadOnlyList<Option> All =>
    [
        .. _data.All, _hidden, _ensemble, _activation, _loss, _classes, _labelWidth, _period, _normalize, _removedComponents, _optimizer, _learningRate,
        _epochs, _batchSize, _testFraction, _seed, _l1, _l2, _penalize, _weightDecay, _dropout, _inputDropout, _earlyStopping, _folds,
    ];

    /// <summary>Those that say what to learn from.</summary>
    public IReadOnlyList<Option> Data => _data.All;

    /// <summary>Those of which a search may try several values.</summary>
    public IReadOnlyList<Option> Searchable => [_hidden, _activation, _optimizer, _learningRate, _batchSize, _l1, _l2, _weightDecay, _dropout, _inputDropout];

    /// <summary>Cross-validation, which judges settings as a search does.</summary>
    public Option FoldsOption => _folds;

    /// <summary>Recordings as plain arguments.</summary>
    public Argument<string[]> Recordings => _data.Recordings;

    /// <summary>Where the recordings are from.</summary>
    /// <exception cref="InvalidInputException">Options contradict each other.</exception>
    public IReadOnlyList<RecordingSource> Sources(ParseResult parse) => _data.Sources(parse, parse.GetValue(_seed));

    /// <summary>Where the recording is from, for commands that take one.</summary>
    /// <exception cref="InvalidInputException">There are several, or options contradict each other.</exception>
    public RecordingSource Source(ParseResult parse) => _data.Source(parse, parse.GetValue(_seed));

    /// <summary>What is to be trained.</summary>
    /// <exception cref="InvalidInputException">A value is out of range, or options contradict each other.</exception>
    public ModelOptions Model(ParseResult parse)
    {
        var loss = Chosen<LossKind>(parse.GetValue(_loss));
        var defaults = LossDefaults.Of(loss);
        var period = parse.GetValue(_period) ?? 360;
        InvalidInputException.ThrowIf(period is not (180 or 360), $"--period {period}: it is 360 for direction or 180 for orientation.");
        InvalidInputException.ThrowIf(loss == LossKind.Mse && period != 360, $"--period 180 needs --loss circular, von-mises or classes; mse decodes degrees on a line.");
        var classes = parse.GetValue(_classes) ?? 20;
        InvalidInputException.ThrowIf(loss != LossKind.Classes && parse.GetValue(_classes) is not null, $"--classes {classes} needs --loss classes.");
        InvalidInputException.ThrowIf(classes is < 2 or > 360, $"--classes {classes}: between 2 and 360 classes are possible.");
        var labelWidth = parse.GetValue(_labelWidth);
        InvalidInputException.ThrowIf(loss != LossKind.Classes && labelWidth is not null, $"--label-width needs --loss classes.");
        InvalidInputException.ThrowIf(labelWidth is { } width && !(width >= 0 && width <= period), $"--label-width {labelWidth}: degrees from 0 to the period, {period}, are possible.");
        var removed = parse.GetValue(_removedComponents);
        InvalidInputException.ThrowIf(removed < 0, $"--remove-components {removed}: a number from 0 on is needed.");
        var hidden = Hidden(parse.GetValue(_hidden)!);
        var dropout = parse.GetValue(_dropout);
        InvalidInputException.ThrowIf(hidden.Length == 0 && dropout > 0, $"--dropout is for hidden units, and --hidden none has none; --input-dropout leaves out neurons.");
        var ensemble = parse.GetValue(_ensemble);
        InvalidInputException.ThrowIf(ensemble is < 1 or > 1000, $"--ensemble {ensemble}: between 1 and 1000 networks are possible.");
        return new ModelOptions
        {
            Hidden = hidden,
            Ensemble = ensemble,
            Activation = Chosen<Activation>(parse.GetValue(_activation)),
            Loss = loss,
            Period = period,
            Classes = classes,
            LabelWidth = loss == LossKind.Classes ? labelWidth ?? LossDefaults.LabelWidth(period, classes) : 0,
            Normalization = parse.GetValue(_normalize) is { } name ? Chosen<Normalization>(name, "--normalize") : defaults.Normalization,
            RemovedComponents = removed,
            Dropout = hidden.Length == 0 ? 0 : Probability("--dropout", dropout ?? defaults.Dropout),
            InputDropout = Probability("--input-dropout", parse.GetValue(_inputDropout) ?? defaults.InputDropout),
        };
    }

    /// <summary>How to train.</summary>
    /// <inheritdoc cref="Model" path="/exception"/>
    public TrainingOptions Training(ParseResult parse)
    {
        var loss = Chosen<LossKind>(parse.GetValue(_loss));
        var epochs = parse.GetValue(_epochs) ?? LossDefaults.Of(loss).Epochs;
        InvalidInputException.ThrowIf(epochs < 1, $"--epochs {epochs}: at least 1 is needed.");
        var batchSize = parse.GetValue(_batchSize);
        InvalidInputException.ThrowIf(batchSize < 1, $"--batch-size {batchSize}: at least 1 row is needed; leave it out for the whole training set.");
        var testFraction = parse.GetValue(_testFraction);
        InvalidInputException.ThrowIf(!(testFraction is > 0 and < 1), $"--test-fraction {testFraction}: it must be between 0 and 1, such as 0.4.");
        var learningRate = parse.GetValue(_learningRate);
        InvalidInputException.ThrowIf(!(learningRate > 0 && double.IsFinite(learningRate)), $"--learning-rate {learningRate}: it must be positive, such as 0.001.");
        var folds = parse.GetValue(_folds);
        InvalidInputException.ThrowIf(folds < 2, $"--folds {folds}: at least 2 are needed.");
        InvalidInputException.ThrowIf(folds is not null && IsGiven(parse, _testFraction), $"--folds tests on every row once; leave out --test-fraction.");
        var patience = IsGiven(parse, _earlyStopping) ? parse.GetValue(_earlyStopping) ?? DefaultPatience : (int?)null;
        InvalidInputException.ThrowIf(patience < 1, $"--early-stopping {patience}: the patience is at least 1 epoch.");
        return new TrainingOptions
        {
            Optimizer = Chosen<OptimizerKind>(parse.GetValue(_optimizer)),
            LearningRate = learningRate,
            Epochs = epochs,
            BatchSize = batchSize,
            TestFraction = testFraction,
            Seed = parse.GetValue(_seed),
            L1 = Penalty("--l1", parse.GetValue(_l1)),
            L2 = Penalty("--l2", parse.GetValue(_l2)),
            Penalize = Chosen<PenalizedWeights>(parse.GetValue(_penalize)),
            WeightDecay = Penalty("--weight-decay", parse.GetValue(_weightDecay) ?? LossDefaults.Of(loss).WeightDecay),
            EarlyStopping = patience,
            Folds = folds,
        };
    }

    private static int[] Hidden(string text)
    {
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase) || text.Trim() == "0")
        {
            return [];
        }

        return Array.ConvertAll(text.Split(','), part =>
            int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var units) && units is >= 1 and <= 1_000_000
                ? units
                : throw new InvalidInputException(
                    $"--hidden {text}: '{part}' is not a number of units from 1 on. Write 100, or 100,50 for two layers, or 0 for a linear decoder."));
    }

    private static Option<string> Choice<T>(string name, string description, string defaultValue)
        where T : struct, Enum
    {
        var names = Array.ConvertAll(Enum.GetNames<T>(), ChoiceName.Of);
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', names), DefaultValueFactory = _ => defaultValue };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    private static T Chosen<T>(string? name, string option = "")
        where T : struct, Enum
    {
        foreach (var member in Enum.GetNames<T>())
        {
            if (ChoiceName.Of(member).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Enum.Parse<T>(member);
            }
        }

        throw new InvalidInputException($"{option} {name}: choose one of {string.Join(", ", Enum.GetNames<T>().Select(ChoiceName.Of))}.");
    }

    private static double Probability(string option, double value) => value is >= 0 and < 1
        ? value
        : throw new InvalidInputException(Invariant($"{option} {value}: a probability from 0 on, and less than 1, is needed."));

    private static double Penalty(string option, double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new InvalidInputException(Invariant($"{option} {value}: a penalty is a number from 0 on."));

    private static bool IsGiven(ParseResult parse, Option option) => parse.GetResult(option) is { Implicit: false };

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
