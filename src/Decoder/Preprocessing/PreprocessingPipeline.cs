using Autodiff;
using Decoder.Recordings;

namespace Decoder.Preprocessing;

/// <summary>
/// The steps that responses go through, one after the other: normalization, then removal of principal components. Fitted on the training rows of a fold, it is
/// applied to those, to the rows that are decoded, and, from a model file, to other recordings.
/// </summary>
public sealed class PreprocessingPipeline
{
    private readonly IPreprocessingStep[] _steps;

    private PreprocessingPipeline(IPreprocessingStep[] steps) => _steps = steps;

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<IPreprocessingStep> Steps => _steps;

    /// <summary>Fits each step to the training rows as the steps before it leave them. No other row is looked at.</summary>
    /// <param name="options">Which steps.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="trainRows">Its rows to fit to.</param>
    /// <exception cref="RecordingException">The recording does not have what a step needs.</exception>
    public static PreprocessingPipeline Fit(PreprocessingOptions options, Recording recording, ReadOnlySpan<int> trainRows)
    {
        Check(options, recording, trainRows.Length);
        var steps = new List<IPreprocessingStep>();
        if (options.Normalization != Normalization.None)
        {
            steps.Add(options.Normalization == Normalization.Spontaneous
                ? Standardization.Fit(recording.Spontaneous, recording.NeuronCount)
                : Standardization.Fit(new ResponseRows(recording, trainRows)));
        }

        if (options.RemovedComponents > 0)
        {
            steps.Add(ComponentRemoval.Fit(new ResponseRows(recording, trainRows, steps), options.RemovedComponents));
        }

        return new([.. steps]);
    }

    /// <summary>Refuses what cannot be fitted.</summary>
    /// <exception cref="RecordingException">The recording does not have what a step needs.</exception>
    public static void Check(PreprocessingOptions options, Recording recording, int trainRows)
    {
        if (options.Normalization == Normalization.Spontaneous && recording.Spontaneous is null)
        {
            throw new RecordingException($"{recording.Source}: there is no spontaneous activity to normalize with; name it with --spontaneous.");
        }

        var most = Math.Min(trainRows, recording.NeuronCount) - 1;
        if (options.RemovedComponents > most)
        {
            throw new RecordingException(
                $"--remove-components {options.RemovedComponents}: {trainRows} training rows of {recording.NeuronCount} neurons have {most} components that can be removed and leave something.");
        }
    }

    /// <summary>Takes the steps from a model file.</summary>
    /// <exception cref="InvalidDataException">They are missing, or of another number of neurons.</exception>
    public static PreprocessingPipeline Restore(SafeTensors file, PreprocessingOptions options, int neurons)
    {
        var steps = new List<IPreprocessingStep>();
        if (options.Normalization != Normalization.None)
        {
            steps.Add(Standardization.Restore(file, neurons));
        }

        if (options.RemovedComponents > 0)
        {
            steps.Add(ComponentRemoval.Restore(file, neurons));
        }

        return new([.. steps]);
    }

    /// <summary>Transforms row-major responses in place.</summary>
    public void Apply(Span<float> responses)
    {
        foreach (var step in _steps)
        {
            step.Apply(responses);
        }
    }

    /// <summary>Puts all steps into a model file.</summary>
    public void Store(SafeTensors file)
    {
        foreach (var step in _steps)
        {
            step.Store(file);
        }
    }
}
