using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Decoder.Sweeps;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary>
/// The options of <c>decoder sweep</c> that decide its outcome: those of <c>decoder train</c>, of which some may have several values. Each trial is understood as the command line of
/// <c>decoder train</c> that it stands for.
/// </summary>
internal sealed class SweepOptions
{
    private readonly TrainOptions _fixed = new();
    private readonly TrainOptions _trial = new();
    private readonly Command _trialCommand = new("train");
    private readonly IReadOnlyList<Option<string[]>> _searched;

    private readonly Option<int?> _samples = new("--samples")
    {
        Description = "Try so many combinations, drawn at random, instead of all. Then an option may also have a range, such as 1e-4..1e-1.",
        HelpName = "N",
    };

    private readonly Option<int?> _halving = new("--halving")
    {
        Description = "Successive halving: train all trials a little, one of FACTOR (default 3) of them FACTOR times as long, and so on to the end.",
        HelpName = "FACTOR",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<double> _validationFraction = new("--validation-fraction")
    {
        Description = "Fraction of the training set that the trials are judged on. The test set is for the best of them alone.",
        HelpName = "F",
        DefaultValueFactory = _ => 0.25,
    };

    private readonly Option<string> _selectBy = SelectBy();

    /// <summary>Makes the options.</summary>
    public SweepOptions()
    {
        _searched = [.. _fixed.Searchable.Select(Several)];
        foreach (var option in _trial.All.Except(_trial.Data))
        {
            _trialCommand.Options.Add(option);
        }
    }

    /// <summary>All options, in the order in which help shows them.</summary>
    public IReadOnlyList<Option> All => [.. _fixed.Data, .. _searched, .. Fixed, _samples, _halving, _validationFraction, _selectBy];

    /// <summary>Recordings as plain arguments.</summary>
    public Argument<string[]> Recordings => _fixed.Recordings;

    /// <summary>Options that all trials have in common.</summary>
    private IEnumerable<Option> Fixed => _fixed.All.Except(_fixed.Data).Except(_fixed.Searchable).Except([_fixed.FoldsOption]);

    /// <summary>Where the recording is from.</summary>
    /// <exception cref="InvalidInputException">There are several, or options contradict each other.</exception>
    public RecordingSource Source(ParseResult parse) => _fixed.Source(parse);

    /// <summary>What is searched, what is tried, and how the best is chosen.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="leftOut">Combinations that contradict themselves, with the reason.</param>
    /// <exception cref="InvalidInputException">A value is wrong, or there is nothing to search.</exception>
    public (IReadOnlyList<string> Searched, IReadOnlyList<SweepTrial> Trials, SelectionCriterion SelectBy, int? Halving) Read(
        ParseResult parse, out IReadOnlyList<string> leftOut)
    {
        var dimensions = Dimensions(parse);
        var samples = parse.GetValue(_samples);
        InvalidInputException.ThrowIf(samples is < 1 or > SearchSpace.MostTrials, $"--samples {samples}: from 1 to {SearchSpace.MostTrials} trials are possible.");
        var halving = IsGiven(parse, _halving) ? parse.GetValue(_halving) ?? 3 : (int?)null;
        InvalidInputException.ThrowIf(halving is < 2 or > 100, $"--halving {halving}: a factor from 2 to 100 is needed.");
        var fraction = parse.GetValue(_validationFraction);
        InvalidInputException.ThrowIf(!(fraction is > 0 and < 1), $"--validation-fraction {fraction}: it must be between 0 and 1, such as 0.25.");

        var tokens = Fixed.SelectMany(option => Tokens(parse, option)).ToArray();
        var common = Trial(tokens);
        var combinations = new SearchSpace(dimensions).Combinations(samples, common.Training.Seed);
        var trials = Trials(dimensions, combinations, tokens, fraction, out leftOut);
        var criterion = Enum.Parse<SelectionCriterion>(parse.GetValue(_selectBy)!, ignoreCase: true);
        InvalidInputException.ThrowIf(criterion == SelectionCriterion.Nll && common.Model.Loss != Models.LossKind.Classes, $"--select-by nll needs a decoder that has a likelihood: --loss classes.");
        return ([.. dimensions.Select(dimension => dimension.Name)], trials, criterion, halving);
    }

    /// <summary>
    /// The combinations that do not contradict themselves, as <c>--hidden none --dropout 0.5</c> does. A value that no combination can be tried with is an error, not a contradiction.
    /// </summary>
    private List<SweepTrial> Trials(
        List<SearchDimension> dimensions, IReadOnlyList<string[]> combinations, string[] common, double fraction, out IReadOnlyList<string> leftOut)
    {
        var (trials, refused) = (new List<SweepTrial>(), new List<(string[] Values, string Message)>());
        foreach (var values in combinations)
        {
            try
            {
                var (model, training) = Trial([.. common, .. dimensions.SelectMany((dimension, i) => (string[])["--" + dimension.Name, values[i]])]);
                var named = dimensions.Select((dimension, i) => KeyValuePair.Create(dimension.Name, values[i])).ToDictionary();
                trials.Add(new(trials.Count + 1, named, model, training with { ValidationFraction = fraction }));
            }
            catch (InvalidInputException e)
            {
                refused.Add((values, e.Message));
            }
        }

        foreach (var (values, message) in refused)
        {
            InvalidInputException.ThrowIf(
                dimensions.Where((dimension, i) => !dimension.IsRange && trials.All(trial => trial.Values[dimension.Name] != values[i])).Any() || trials.Count == 0, $"{message}");
        }

        leftOut = [.. refused.Select(combination => combination.Message).Distinct()];
        return trials;
    }

    /// <summary>What a command line of <c>decoder train</c> means.</summary>
    private (Models.ModelOptions Model, TrainingOptions Training) Trial(string[] tokens)
    {
        var parse = _trialCommand.Parse(tokens);
        InvalidInputException.ThrowIf(parse.Errors.Count > 0, $"{parse.Errors.FirstOrDefault()?.Message}");
        return (_trial.Model(parse), _trial.Training(parse));
    }

    private List<SearchDimension> Dimensions(ParseResult parse)
    {
        var dimensions = new List<SearchDimension>();
        foreach (var option in _searched.Where(option => IsGiven(parse, option)))
        {
            dimensions.Add(new(option.Name.TrimStart('-'), Scale(option.Name), parse.GetValue(option)!));
        }

        if (dimensions.Count == 0)
        {
            // What the tutorial's last lines wonder about.
            dimensions.AddRange(
            [
                new("hidden", SearchScale.Integer, ["10", "100", "100,100"]),
                new("learning-rate", SearchScale.Logarithmic, ["1e-4", "1e-3", "1e-2"]),
            ]);
        }

        return dimensions;
    }

    private static SearchScale Scale(string option) => option switch
    {
        "--hidden" or "--batch-size" => SearchScale.Integer,
        "--learning-rate" or "--l1" or "--l2" or "--weight-decay" => SearchScale.Logarithmic,
        "--dropout" or "--input-dropout" => SearchScale.Linear,
        _ => SearchScale.Name,
    };

    private static Option<string[]> Several(Option option) => new(option.Name)
    {
        Description = option.Description + " Several values, separated by spaces, are searched.",
        HelpName = option.HelpName,
        AllowMultipleArgumentsPerToken = true,
    };

    private static IEnumerable<string> Tokens(ParseResult parse, Option option) =>
        parse.GetResult(option) is OptionResult { Implicit: false } given ? [option.Name, .. given.Tokens.Select(token => token.Value)] : [];

    private static Option<string> SelectBy()
    {
        var names = Enum.GetNames<SelectionCriterion>().Select(name => name.ToLowerInvariant()).ToArray();
        var option = new Option<string>("--select-by")
        {
            Description = "What decides on the validation rows: the median or the mean absolute error on the circle, or, for classes, the negative log-likelihood.",
            HelpName = string.Join('|', names),
            DefaultValueFactory = _ => names[0],
        };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    private static bool IsGiven(ParseResult parse, Option option) => parse.GetResult(option) is { Implicit: false };
}
