using Decoder.Figures;
using Decoder.Models;
using OxyPlot;

namespace Decoder.Interpretation;

/// <summary>What a model has learned, as figures, each with its values.</summary>
/// <param name="interpretation">What it has learned.</param>
/// <param name="objective">What its outputs stand for.</param>
/// <param name="isSimulated">Whether the data are simulated.</param>
internal sealed class InterpretationFigures(ModelInterpretation interpretation, Objective objective, bool isSimulated)
{
    private readonly int _period = interpretation.Period;
    private readonly string _angle = AngleName.Of(interpretation.Period);

    /// <summary>A figure and its values.</summary>
    /// <param name="Name">Name of its files, without ending.</param>
    /// <param name="Figure">The figure.</param>
    /// <param name="Table">The values, CSV.</param>
    internal sealed record Item(string Name, PlotModel Figure, string Table);

    /// <summary>All figures.</summary>
    public IEnumerable<Item> All() => [SortedResponses(), .. Weights(), .. Hidden(), SaliencyMap(), SaliencyProfile(), .. Dissimilarities()];

    private Item SortedResponses() => new(
        "sorted-responses",
        MapFigure.Create(
            $"Responses, neurons sorted by preferred {_angle}",
            $"sorted on training trials, shown on test trials{Groups()}",
            interpretation.Responses,
            StimulusAxis(),
            NeuronAxis(),
            "response",
            isSimulated),
        MatrixTable.Format("stimulus_degrees\\group", Names(interpretation.Bins), GroupNames(), interpretation.Responses));

    private IEnumerable<Item> Weights()
    {
        var layers = interpretation.Layers;
        var (input, output) = (layers[0], layers[^1]);
        var inputUnits = layers.Count > 1 ? UnitOrder(0) : null;
        var inputMap = interpretation.Neurons.AverageColumns(Matrix(input));
        yield return new(
            "input-weights",
            MapFigure.CreateDiverging(
                layers.Count > 1 ? "Weights of the neurons in the first hidden layer" : "Weights of the neurons",
                $"neurons{(inputUnits is null ? "" : " and units")} sorted by preferred {_angle}{Groups()}",
                MapFigure.Transpose(Permute(inputMap, inputUnits)),
                NeuronAxis(),
                inputUnits is null ? OutputAxis() : UnitAxis(input.Outputs),
                "weight",
                isSimulated),
            MatrixTable.Format("unit\\group", inputUnits is null ? objective.OutputNames : MatrixTable.Names(input.Outputs), GroupNames(), inputMap));
        if (layers.Count > 1)
        {
            var matrix = Matrix(output);
            var order = UnitOrder(interpretation.Hidden.Count - 1);
            yield return new(
                "output-weights",
                MapFigure.CreateDiverging(
                    "Weights of the last hidden layer in the outputs", $"units sorted by preferred {_angle}", Permute(MapFigure.Transpose(matrix), order), UnitAxis(output.Inputs), OutputAxis(), "weight", isSimulated),
                MatrixTable.Format("output\\unit", objective.OutputNames, MatrixTable.Names(output.Inputs), matrix));
        }
    }

    private IEnumerable<Item> Hidden()
    {
        foreach (var layer in interpretation.Hidden)
        {
            var name = interpretation.Hidden.Count > 1 ? $"hidden layer {layer.Layer}" : "the hidden layer";
            var suffix = interpretation.Hidden.Count > 1 ? $"-{layer.Layer}" : "";
            var units = layer.Tuning.GetLength(1);
            yield return new(
                $"hidden-tuning{suffix}",
                MapFigure.CreateDiverging(
                    $"Tuning of the units of {name}",
                    $"each less its mean; sorted by preferred {_angle} on training trials, shown on test trials",
                    MapFigure.Transpose(Permute(MapFigure.Transpose(Centered(layer.Tuning)), UnitOrder(layer.Layer - 1))),
                    StimulusAxis(),
                    UnitAxis(units),
                    "activity",
                    isSimulated),
                MatrixTable.Format("stimulus_degrees\\unit", Names(interpretation.Bins), MatrixTable.Names(units), layer.Tuning));
            if (layer.ExplainedVariance.Length == 2)
            {
                var scores = new double[layer.Components.Length, 2];
                for (var i = 0; i < layer.Components.Length; i++)
                {
                    (scores[i, 0], scores[i, 1]) = (layer.Components[i][0], layer.Components[i][1]);
                }

                yield return new(
                    $"hidden-components{suffix}",
                    ComponentFigure.Create($"Activity of {name}", layer.Components, layer.ExplainedVariance, interpretation.TestStimuli, _period, isSimulated),
                    MatrixTable.Format("stimulus_degrees", MatrixTable.Names(interpretation.TestStimuli.Select(angle => (double)angle)), ["component_1", "component_2"], scores));
            }
        }
    }

    private Item SaliencyMap() => new(
        "saliency",
        MapFigure.CreateDiverging(
            $"Gradient of the decoded {_angle}",
            $"with respect to each neuron, sorted by preferred {_angle}{Groups()}",
            interpretation.SaliencyMap,
            StimulusAxis(),
            NeuronAxis(),
            "degrees per unit of response",
            isSimulated),
        MatrixTable.Format("stimulus_degrees\\group", Names(interpretation.Bins), GroupNames(), interpretation.SaliencyMap));

    private Item SaliencyProfile()
    {
        var gradients = new double[interpretation.Bins.Count, 1];
        for (var bin = 0; bin < interpretation.Bins.Count; bin++)
        {
            gradients[bin, 0] = interpretation.SaliencyProfile[bin];
        }

        return new(
            "saliency-profile",
            SaliencyProfileFigure.Create(interpretation.Bins.Centers, interpretation.SaliencyProfile, _period, isSimulated),
            MatrixTable.Format("preferred_minus_stimulus_degrees", Names(interpretation.Bins), ["gradient"], gradients));
    }

    private IEnumerable<Item> Dissimilarities()
    {
        if (interpretation.DissimilarityBins is not { } bins)
        {
            yield break;
        }

        Item Item(string name, string title, double[,] matrix) => new(
            name, DissimilarityFigure.Create(title, matrix, bins.Centers, isSimulated, _period), MatrixTable.Format("degrees", Names(bins), Names(bins), matrix));

        if (interpretation.PopulationDissimilarity is { } population)
        {
            yield return Item("dissimilarity-population", $"Dissimilarity of {_angle}s, population", population);
        }

        foreach (var layer in interpretation.Hidden.Where(layer => layer.Dissimilarity is not null))
        {
            var suffix = interpretation.Hidden.Count > 1 ? $" {layer.Layer}" : "";
            yield return Item($"dissimilarity-hidden{suffix.Replace(' ', '-')}", $"Dissimilarity of {_angle}s, hidden layer{suffix}", layer.Dissimilarity!);
        }
    }

    private MapAxis StimulusAxis() => MapAxis.Angles($"{_angle} (degrees)", interpretation.Bins.Centers, _period);

    private MapAxis NeuronAxis() => MapAxis.Counted($"neuron, by preferred {_angle}", interpretation.PreferredDegrees.Length);

    private MapAxis UnitAxis(int units) => MapAxis.Counted($"unit, by preferred {_angle}", units);

    private MapAxis OutputAxis() => objective.OutputCount > 8 ? MapAxis.Counted("output", objective.OutputCount) : MapAxis.Named("output", objective.OutputNames);

    private string Groups() => interpretation.Neurons.Count < interpretation.PreferredDegrees.Length
        ? $"; {(double)interpretation.PreferredDegrees.Length / interpretation.Neurons.Count:0.#} neighbours averaged"
        : "";

    private string[] GroupNames() => MatrixTable.Names(interpretation.Neurons.Count);

    private static string[] Names(AngleBins bins) => MatrixTable.Names(bins.Centers);

    private int[] UnitOrder(int layer)
    {
        var preferred = interpretation.Hidden[layer].PreferredDegrees;
        return [.. Enumerable.Range(0, preferred.Length).OrderBy(unit => preferred[unit])];
    }

    private static double[,] Matrix(LayerWeights layer)
    {
        var matrix = new double[layer.Outputs, layer.Inputs];
        for (var i = 0; i < layer.Values.Length; i++)
        {
            matrix[i / layer.Inputs, i % layer.Inputs] = layer.Values[i];
        }

        return matrix;
    }

    /// <summary>The rows in another order.</summary>
    private static double[,] Permute(double[,] matrix, int[]? order)
    {
        if (order is null)
        {
            return matrix;
        }

        var permuted = new double[matrix.GetLength(0), matrix.GetLength(1)];
        for (var row = 0; row < order.Length; row++)
        {
            for (var column = 0; column < matrix.GetLength(1); column++)
            {
                permuted[row, column] = matrix[order[row], column];
            }
        }

        return permuted;
    }

    /// <summary>Each column less its mean.</summary>
    private static double[,] Centered(double[,] matrix)
    {
        var (rows, columns) = (matrix.GetLength(0), matrix.GetLength(1));
        var centered = new double[rows, columns];
        for (var column = 0; column < columns; column++)
        {
            var known = Enumerable.Range(0, rows).Select(row => matrix[row, column]).Where(double.IsFinite).DefaultIfEmpty(0).Average();
            for (var row = 0; row < rows; row++)
            {
                centered[row, column] = matrix[row, column] - known;
            }
        }

        return centered;
    }
}
