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
    public (double First, double Second)[] Components()
    {
        var units = _responses.Length / _stimuli;
        var center = new float[units];
        for (var unit = 0; unit < units; unit++)
        {
            var sum = 0.0;
            for (var i = 0; i < _stimuli; i++)
            {
                sum += _responses[i * units + unit];
            }

            center[unit] = (float)(sum / _stimuli);
        }

        var axes = PrincipalComponents.Compute(new ResponseRows(_responses, units), center, Math.Min(2, units));
        var scores = new (double First, double Second)[_stimuli];
        for (var i = 0; i < _stimuli; i++)
        {
            double Score(int axis)
            {
                var sum = 0.0;
                for (var unit = 0; axis < axes.Length && unit < units; unit++)
                {
                    sum += ((double)_responses[i * units + unit] - center[unit]) * axes[axis][unit];
                }

                return sum;
            }

            scores[i] = (Score(0), Score(1));
        }

        return scores;
    }
}
