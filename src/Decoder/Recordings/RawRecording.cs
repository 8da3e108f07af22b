using Decoder.Preprocessing;

namespace Decoder.Recordings;

/// <summary>What a file holds, before it is known to be a recording that can be used.</summary>
/// <param name="Responses">Row-major, rows x neurons.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Stimuli">Degrees, one per row; null where they are not known.</param>
/// <param name="TestStart">First row of the test set; null where the file is not split.</param>
/// <param name="IsSimulated">Whether the data are simulated.</param>
internal sealed record RawRecording(float[] Responses, int Rows, float[]? Stimuli, int? TestStart, bool IsSimulated)
{
    /// <summary>Responses without a stimulus, row-major; null where there are none.</summary>
    public float[]? Spontaneous { get; init; }

    /// <summary>The neurons that were kept; null for all.</summary>
    public NeuronSubset? Subset { get; init; }

    public int Neurons => Responses.Length / Rows;
}
