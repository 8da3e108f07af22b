using Autodiff;

namespace Decoder.Preprocessing;

/// <summary>
/// A step that responses go through before a decoder sees them, with everything it learned when it was fitted. A step is fitted on training rows alone, by the
/// <c>Fit</c> of its class, and is then the same for every row: it cannot tell training from test rows.
/// </summary>
public interface IPreprocessingStep
{
    /// <summary>Number of neurons.</summary>
    int NeuronCount { get; }

    /// <summary>Transforms row-major responses, rows x neurons, in place; each row by itself.</summary>
    void Apply(Span<float> responses);

    /// <summary>Puts the step into a model file, from where the <c>Restore</c> of its class takes it.</summary>
    void Store(SafeTensors file);
}
