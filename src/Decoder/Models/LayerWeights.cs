namespace Decoder.Models;

/// <summary>The weights of a layer.</summary>
/// <param name="Values">Row-major, outputs x inputs.</param>
/// <param name="Outputs">Number of units.</param>
/// <param name="Inputs">Number of what each unit weighs.</param>
public sealed record LayerWeights(float[] Values, int Outputs, int Inputs);
