using Decoder.Models;
using Decoder.Preprocessing;

namespace Decoder.Training;

/// <summary>
/// What is done unless the command line says otherwise. For degrees it is what the tutorial does. For sine and cosine and for classes it was chosen by 5-fold cross-validation on three simulated recordings of
/// 100 neurons (seeds 1 to 3), so that no real recording had a say in how well it is decoded; von Mises likelihoods take it over.
/// </summary>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="Normalization">What happens to responses first.</param>
/// <param name="Dropout">Probability with which a hidden unit is left out.</param>
/// <param name="InputDropout">Probability with which a neuron is left out.</param>
/// <param name="WeightDecay">Decay of weights apart from the gradient.</param>
internal sealed record LossDefaults(int Epochs, Normalization Normalization, double Dropout, double InputDropout, double WeightDecay)
{
    private static readonly LossDefaults Degrees = new(300, Normalization.None, Dropout: 0, InputDropout: 0, WeightDecay: 0);
    private static readonly LossDefaults Circle = new(500, Normalization.ZScore, Dropout: 0.5, InputDropout: 0.5, WeightDecay: 3);

    /// <summary>How stimuli are spread over classes, degrees.</summary>
    public static double LabelWidth(int period, int classes) => period / (3.0 * classes);

    public static LossDefaults Of(LossKind loss) => loss == LossKind.Mse ? Degrees : Circle;
}
