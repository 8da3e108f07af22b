namespace Decoder.Interpretation;

/// <summary>How fine maps are.</summary>
public sealed record InterpretationOptions
{
    /// <summary>The most bins of angles in maps over stimuli.</summary>
    public int StimulusBins { get; init; } = 72;

    /// <summary>The most bins of angles in dissimilarity matrices.</summary>
    public int DissimilarityBins { get; init; } = 36;

    /// <summary>The most groups of neurons in maps over neurons; each is the mean of neurons that prefer neighbouring angles.</summary>
    public int NeuronGroups { get; init; } = 180;
}
