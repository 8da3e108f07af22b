namespace Decoder.Sweeps;

/// <summary>By which score on the validation rows the best trial is chosen.</summary>
internal enum SelectionCriterion
{
    /// <summary>Median absolute error on the circle.</summary>
    Median,

    /// <summary>Mean absolute error on the circle.</summary>
    Mean,

    /// <summary>Negative log-likelihood, for decoders that have one.</summary>
    Nll,
}
