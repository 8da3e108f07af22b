using Autodiff;
using Autodiff.Kernels;
using Decoder.LinearAlgebra;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

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
    private readonly float[] _noise;
    private readonly double[] _memory;

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
        var (responsesNoise, tuningNoise, noise) = (new MatrixSum(tests, trials), new MatrixSum(_angles.Length, trials), new MatrixSum(trials, trials));
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
            responsesNoise.Add(y.MatMul(transposed));
            tuningNoise.Add(f.MatMul(transposed));
            noise.Add(e.MatMul(transposed));
        }

        (_noise, _memory) = (noise.Values, GC.AllocateUninitializedArray<double>(noise.Values.Length));
        (_responsesTuning, _tuningSquares) = (tape.Keep(responsesTuning), tape.Keep(tuningSquares));
        _responsesNoise = tape.Keep(Tensor.Create(responsesNoise.Values, [tests, trials], Device.Cpu));
        _tuningNoise = tape.Keep(Tensor.Create(tuningNoise.Values, [_angles.Length, trials], Device.Cpu));
    }

    /// <summary>The trials.</summary>
    public DecodingTask Task { get; }

    /// <summary>The posterior of the test trials.</summary>
    /// <param name="sharedWeight">α, positive.</param>
    /// <param name="temperature">What log-likelihoods are divided by.</param>
    public Posterior Posterior(double sharedWeight, double temperature)
    {
        var trials = Task.TrainCount;
        TensorPrimitives.ConvertChecked(_noise, _memory.AsSpan());
        for (var i = 0; i < trials; i++)
        {
            _memory[i * trials + i] += trials / sharedWeight;
        }

        Cholesky.InverseFactor(_memory, trials);
        using var scope = new Tape(record: false);
        var factor = Tensor.Create<float>(
            [trials, trials],
            (values, first) => TensorPrimitives.ConvertChecked(_memory.AsSpan(first * trials, values.Length), values),
            Device.Cpu).Transpose();
        var (responses, tuning) = (_responsesNoise.MatMul(factor), _tuningNoise.MatMul(factor));
        var squares = (_tuningSquares - tuning.Square().Sum([1])) * 0.5f;
        var logLikelihoods = _responsesTuning - responses.MatMul(tuning.Transpose()) - squares;
        return new(_angles, Array.ConvertAll(logLikelihoods.ToArray(), value => value / temperature), Task.Period);
    }
}
