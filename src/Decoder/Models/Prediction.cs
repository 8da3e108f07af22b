namespace Decoder.Models;

/// <summary>What a model says about one row of a recording.</summary>
/// <param name="Row">Row of the recording, from 0.</param>
/// <param name="Actual">The stimulus in degrees, brought into the model's period; NaN where it is not known.</param>
/// <param name="Decoded">The decoded angle in degrees.</param>
/// <param name="Class">For classes, the decoded one and how sure the model is; else null.</param>
public sealed record Prediction(int Row, float Actual, float Decoded, ClassPrediction? Class = null)
{
    /// <summary>The circular standard deviation that the model predicts for itself, degrees; null for a model that predicts none.</summary>
    public double? CircularDeviation { get; init; }
}
