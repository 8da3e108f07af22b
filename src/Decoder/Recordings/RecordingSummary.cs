namespace Decoder.Recordings;

/// <summary>The plain facts about a recording.</summary>
/// <param name="DistinctStimuli">Number of different stimuli.</param>
/// <param name="MinimumStimulus">Degrees.</param>
/// <param name="MaximumStimulus">Degrees.</param>
/// <param name="FewestRows">Rows of the stimulus that has the fewest.</param>
/// <param name="MostRows">Rows of the stimulus that has the most.</param>
/// <param name="MinimumResponse">The least response.</param>
/// <param name="MaximumResponse">The greatest response.</param>
/// <param name="MeanResponse">Mean of all responses.</param>
/// <param name="ResponseDeviation">Standard deviation of all responses.</param>
public sealed record RecordingSummary(
    int DistinctStimuli,
    float MinimumStimulus,
    float MaximumStimulus,
    int FewestRows,
    int MostRows,
    float MinimumResponse,
    float MaximumResponse,
    double MeanResponse,
    double ResponseDeviation)
{
    /// <summary>One pass over the recording.</summary>
    public static RecordingSummary Compute(Recording recording)
    {
        var rows = recording.Stimuli.CountBy(stimulus => stimulus).ToDictionary();
        var (minimum, maximum) = (float.PositiveInfinity, float.NegativeInfinity);
        var (sum, squares) = (0.0, 0.0);
        foreach (var response in recording.Responses)
        {
            minimum = Math.Min(minimum, response);
            maximum = Math.Max(maximum, response);
            sum += response;
            squares += (double)response * response;
        }

        var mean = sum / recording.Responses.Length;
        var variance = Math.Max(0, squares / recording.Responses.Length - mean * mean);
        return new(
            rows.Count,
            rows.Keys.Min(),
            rows.Keys.Max(),
            rows.Values.Min(),
            rows.Values.Max(),
            minimum,
            maximum,
            mean,
            Math.Sqrt(variance));
    }
}
