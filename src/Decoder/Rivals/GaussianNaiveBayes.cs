using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Rivals;

/// <summary>
/// The naive Bayes decoder of Stringer et al. (2021): each neuron Gaussian around a tuning curve of 19 Fourier terms with its residual variance + 0.001, all independent; 32 angles, and between
/// them by interpolation. With a gain the responses of a trial are the tuning curves times a number that is fitted to each trial and angle.
/// </summary>
/// <param name="gain">Whether trials have a gain.</param>
public sealed class GaussianNaiveBayes(bool gain) : IAngleDecoder
{
    private const int Harmonics = 9;
    private const int Nodes = 32;
    private const float VarianceFloor = 1e-3f;

    /// <inheritdoc/>
    public string Name => gain ? "naive-bayes-gain" : "naive-bayes";

    /// <inheritdoc/>
    public string Description => $"Gaussian naive Bayes with Fourier tuning{(gain ? " and a gain per trial" : "")}";

    /// <inheritdoc/>
    public DecodedAngles Decode(DecodingTask task, CancellationToken cancellation = default)
    {
        using var tape = new Tape(record: false);
        var tuning = new FourierTuning(task.Phases, Harmonics);
        var nodes = tuning.DesignOf(FourierTuning.EvenPhases(Nodes));
        var products = Tensor.Zeros<float>([task.TestCount, Nodes], Device.Cpu);
        var squares = Tensor.Zeros<float>([Nodes], Device.Cpu);
        foreach (var block in task.StandardizedBlocks())
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = new Tape(record: false);
            var (train, test) = block.ToTensors();
            var coefficients = tuning.Fit(train);
            var precision = ((train - tuning.Design.MatMul(coefficients)).Square().Mean([0]) + VarianceFloor).Reciprocal();
            var curves = nodes.MatMul(coefficients);
            var weighted = curves * precision;
            (products, squares) = (scope.Keep(products + test.MatMul(weighted.Transpose())), scope.Keep(squares + (curves * weighted).Sum([1])));
        }

        var (xf, ff) = (products.ToArray(), squares.ToArray());
        var logLikelihoods = new double[xf.Length];
        for (var i = 0; i < xf.Length; i++)
        {
            var square = ff[i % Nodes];

            // The best gain is xf / ff; a negative one would turn the tuning upside down.
            logLikelihoods[i] = !gain ? xf[i] - square / 2.0 : xf[i] > 0 && square > 0 ? (double)xf[i] * xf[i] / (2.0 * square) : 0;
        }

        var posterior = new Posterior([.. Enumerable.Range(0, Nodes).Select(i => i * task.Period / Nodes)], logLikelihoods, task.Period);
        return new(posterior.Peaks(), posterior);
    }
}
