using Autodiff;
using Autodiff.Kernels;
using Decoder.LinearAlgebra;

namespace Decoder.Rivals;

/// <summary>
/// The Gaussian model of <see cref="SharedNoiseDecoder"/> on one task, for any weight of the shared noise. Everything is held as products over neurons, in one pass over them: with responses y,
/// tuning curves f(θ) and residuals E (trials x neurons), all over the square root of the residual variances, and Woodbury's (I + α EᵀE / n)⁻¹ = I - Eᵀ (n/α I + EEᵀ)⁻¹ E, the
/// log-likelihood y'Σ⁻¹f - f'Σ⁻¹f / 2 needs yf', ff', yE', fE' and EE' alone.
/// </summary>
internal sealed class SharedNoiseModel
{
    private const int Harmonics = 9;
    private const int Nodes = 180;

    /// <summary>Residual variances of z-scored responses below this are rounding: such a neuron would outweigh all others.</summary>
    private const float VarianceFloor = 1e-3f;

    private readonly double[] _angles;
    private readonly Tensor<float> _responsesTuning;
    private readonly Tensor<float> _tuningSquares;
    private readonly Tensor<float> _responsesNoise;
    private readonly Tensor<float> _tuningNoise;
    private readonly double[] _noise;

    public SharedNoiseModel(DecodingTask task, ResponseTransform transform, CancellationToken cancellation)
    {
        Task = task;
        _angles = task.DiscreteStimuli is { } shown
            ? Array.ConvertAll(shown, angle => (double)angle)
            : [.. Enumerable.Range(0, Nodes).Select(i => i * task.Period / Nodes)];
        using var tape = new Tape(record: false);
        var tuning = new FourierTuning(task.Phases, Harmonics);
        var design = tuning.DesignOf(Array.ConvertAll(_angles, angle => Math.Tau * angle / task.Period));
        var (tests, trials) = (task.TestCount, task.TrainCount);
        var responsesTuning = Tensor.Zeros<float>([tests, _angles.Length], Device.Cpu);
        var tuningSquares = Tensor.Zeros<float>([_angles.Length], Device.Cpu);
        var responsesNoise = Tensor.Zeros<float>([tests, trials], Device.Cpu);
        var tuningNoise = Tensor.Zeros<float>([_angles.Length, trials], Device.Cpu);
        var noise = Tensor.Zeros<float>([trials, trials], Device.Cpu);
        foreach (var block in task.StandardizedBlocks(transform))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = new Tape(record: false);
            var (train, test) = block.ToTensors();
            var coefficients = tuning.Fit(train);
            var residuals = train - tuning.Design.MatMul(coefficients);
            var variances = residuals.Square().Mean([0]) + VarianceFloor;
            var scale = variances.Sqrt().Reciprocal();

            // The constant term moves responses and tuning curves alike; without it products of both stay small.
            var shrunk = tuning.Shrink(coefficients, variances.ToArray());
            var constant = shrunk.Slice(0, 0, 1);
            var (y, f, e) = ((test - constant) * scale, (design.MatMul(shrunk) - constant) * scale, residuals * scale);
            var transposed = e.Transpose();
            responsesTuning = scope.Keep(responsesTuning + y.MatMul(f.Transpose()));
            tuningSquares = scope.Keep(tuningSquares + f.Square().Sum([1]));
            responsesNoise = scope.Keep(responsesNoise + y.MatMul(transposed));
            tuningNoise = scope.Keep(tuningNoise + f.MatMul(transposed));
            noise = scope.Keep(noise + e.MatMul(transposed));
        }

        _noise = Array.ConvertAll(noise.ToArray(), value => (double)value);
        (_responsesTuning, _tuningSquares) = (tape.Keep(responsesTuning), tape.Keep(tuningSquares));
        (_responsesNoise, _tuningNoise) = (tape.Keep(responsesNoise), tape.Keep(tuningNoise));
    }

    /// <summary>The trials.</summary>
    public DecodingTask Task { get; }

    /// <summary>The posterior of the test trials.</summary>
    /// <param name="sharedWeight">α, positive.</param>
    /// <param name="temperature">What log-likelihoods are divided by.</param>
    public Posterior Posterior(double sharedWeight, double temperature)
    {
        var trials = Task.TrainCount;
        var matrix = (double[])_noise.Clone();
        for (var i = 0; i < trials; i++)
        {
            matrix[i * trials + i] += trials / sharedWeight;
        }

        using var scope = new Tape(record: false);
        var factor = Tensor.Create(Array.ConvertAll(Cholesky.Factor(matrix, trials).InvertLower(), value => (float)value), [trials, trials], Device.Cpu).Transpose();
        var (responses, tuning) = (_responsesNoise.MatMul(factor), _tuningNoise.MatMul(factor));
        var squares = (_tuningSquares - tuning.Square().Sum([1])) * 0.5f;
        var logLikelihoods = _responsesTuning - responses.MatMul(tuning.Transpose()) - squares;
        return new(_angles, Array.ConvertAll(logLikelihoods.ToArray(), value => value / temperature), Task.Period);
    }
}
