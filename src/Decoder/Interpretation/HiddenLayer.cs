namespace Decoder.Interpretation;

/// <summary>What is known about a hidden layer.</summary>
/// <param name="Layer">Its number, from 1.</param>
/// <param name="PreferredDegrees">The angle that each unit prefers, on the training rows.</param>
/// <param name="Tuning">Mean activity on the test rows: bins of stimuli x units.</param>
/// <param name="Dissimilarity">Dissimilarity of stimuli, bins x bins; null where there are fewer than two units, or some bin is empty.</param>
/// <param name="DissimilarityCorrelation">Correlation with the dissimilarities of the population; null where there are none.</param>
/// <param name="Components">Activity in each test row along the leading principal components, rows x components; at most two components, none where nothing varies.</param>
/// <param name="ExplainedVariance">Fraction of the variance of the activity along each of these components.</param>
public sealed record HiddenLayer(
    int Layer, double[] PreferredDegrees, double[,] Tuning, double[,]? Dissimilarity, double? DissimilarityCorrelation, double[][] Components, double[] ExplainedVariance);
