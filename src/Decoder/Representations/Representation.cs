using Decoder.Preprocessing;

namespace Decoder.Representations;

/// <summary>What a population, of neurons or of a network's units, makes of stimuli.</summary>
internal sealed class Representation
{
    private readonly float[] _responses;
    private readonly int _stimuli;

    /// <summary>Compares the responses to all pairs of stimuli.</summary>
    /// <param name="name">Whose responses they are, short, for files and JSON.</param>
    /// <param name="title">The same for people.</param>
    /// <param name="responses">Row-major, stimuli x units.</param>
    /// <param name="stimuli">Number of stimuli.</param>
    /// <param name="isSimulated">Whether the responses stand for a measurement that was simulated.</param>
    public Representation(string name, string title, float[] responses, int stimuli, bool isSimulated)
    {
        (Name, Title, _responses, _stimuli, IsSimulated) = (name, title, responses, stimuli, isSimulated);
        Dissimilarities = Dissimilarity.Matrix(responses, stimuli);
    }

    /// <summary>Whose it is, short.</summary>
    public string Name { get; }

    /// <summary>Whose it is, for people.</summary>
    public string Title { get; }

    /// <summary>Whether the responses stand for a measurement that was simulated.</summary>
    public bool IsSimulated { get; }

    /// <summary>How unlike the responses to two stimuli are: <see cref="Dissimilarity.Matrix"/>.</summary>
    public double[,] Dissimilarities { get; }

    /// <summary>The scores of each stimulus on the first two principal components; zeros where there is no second one.</summary>
    public (double First, double Second)[] Components() => Array.ConvertAll(
        ComponentScores.Compute(_responses, _responses.Length / _stimuli).Scores, scores => (scores.ElementAtOrDefault(0), scores.ElementAtOrDefault(1)));
}
