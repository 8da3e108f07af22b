namespace Decoder.Recordings;

/// <summary>Responses to decode, whose stimuli may be unknown.</summary>
/// <param name="Values">Row-major, rows x neurons; finite.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Stimuli">Degrees, one per row; null where they are not known.</param>
public sealed record ResponseMatrix(float[] Values, int Rows, float[]? Stimuli)
{
    /// <summary>Number of neurons.</summary>
    public int Neurons => Values.Length / Rows;
}
