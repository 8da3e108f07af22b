using Autodiff;
using Autodiff.Kernels;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Decoder.LinearAlgebra;

/// <summary>
/// Ridge regression with an intercept where there are more inputs than rows: with the Gram matrix K = XXᵀ of the training rows, whose columns have mean 0, the prediction for a row x is
/// ȳ + x Xᵀ (K + λI)⁻¹ Y, so that nothing as large as the weights themselves is ever solved for. The same inverse gives what each training row would have been predicted by the fit to all the
/// others.
/// </summary>
/// <remarks>Left-out predictions: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd edition, equation 7.64, for a linear smoother.</remarks>
public sealed class DualRidge
{
    /// <summary>Rows of the inverse factor that are multiplied at a time: there is no second copy of it.</summary>
    private const int RowsAtATime = 256;

    private readonly double[] _inverseFactor;
    private readonly double[] _diagonal;

    /// <summary>Inverts K + λI.</summary>
    /// <param name="gram">K of inputs whose mean over the training rows is 0, row-major, rows x rows.</param>
    /// <param name="rows">Number of training rows.</param>
    /// <param name="penalty">λ, positive.</param>
    /// <param name="memory">Room for rows x rows numbers, where several penalties are tried: it belongs to this object until the next one takes it. Null to allocate it.</param>
    /// <exception cref="ArgumentException">The penalty is not positive, the Gram matrix is not positive semidefinite, or the memory is of another size.</exception>
    public DualRidge(ReadOnlySpan<float> gram, int rows, double penalty, double[]? memory = null)
    {
        if (!(penalty > 0 && double.IsFinite(penalty)))
        {
            throw new ArgumentException($"A ridge penalty of {penalty} is not possible; it must be positive.");
        }

        if (memory is not null && memory.Length != gram.Length)
        {
            throw new ArgumentException($"Memory for {memory.Length} numbers was given; the Gram matrix has {gram.Length}.");
        }

        var matrix = memory ?? GC.AllocateUninitializedArray<double>(gram.Length);
        TensorPrimitives.ConvertChecked(gram, matrix.AsSpan());
        for (var i = 0; i < rows; i++)
        {
            matrix[i * rows + i] += penalty;
        }

        (Rows, Penalty) = (rows, penalty);
        Cholesky.InverseFactor(matrix, rows);
        _inverseFactor = matrix;

        // (K + λI)⁻¹ = L⁻ᵀL⁻¹ has the part 11ᵀ / (rows λ) along the constant, which the intercept fits without a penalty.
        _diagonal = new double[rows];
        Array.Fill(_diagonal, -1 / (rows * penalty));
        for (var i = 0; i < _inverseFactor.Length; i++)
        {
            _diagonal[i % rows] += _inverseFactor[i] * _inverseFactor[i];
        }
    }

    /// <summary>Number of training rows.</summary>
    public int Rows { get; }

    /// <summary>λ.</summary>
    public double Penalty { get; }

    /// <summary>Fits targets.</summary>
    /// <param name="targets">Row-major, rows x outputs.</param>
    /// <param name="outputs">Number of outputs.</param>
    public Fit Solve(ReadOnlySpan<double> targets, int outputs)
    {
        var means = new double[outputs];
        for (var i = 0; i < targets.Length; i++)
        {
            means[i % outputs] += targets[i] / Rows;
        }

        using var scope = new Tape(record: false);
        var centered = Tensor.Create(targets, [Rows, outputs], Device.Cpu) - Tensor.Create(means, [outputs], Device.Cpu);
        var dual = new double[targets.Length];
        for (var first = 0; first < Rows; first += RowsAtATime)
        {
            using var part = new Tape(record: false);
            var count = Math.Min(RowsAtATime, Rows - first);
            var factor = Tensor.Create<double>(_inverseFactor.AsSpan(first * Rows, count * Rows), [count, Rows], Device.Cpu);
            TensorPrimitives.Add(dual, factor.Transpose().MatMul(factor.MatMul(centered)).ToArray(), dual);
        }

        var leftOut = new double[dual.Length];
        var (squares, trace) = (0.0, 0.0);
        for (var i = 0; i < Rows; i++)
        {
            var diagonal = _diagonal[i];
            trace += diagonal;
            for (var j = 0; j < outputs; j++)
            {
                var weight = dual[i * outputs + j];
                leftOut[i * outputs + j] = targets[i * outputs + j] - weight / diagonal;
                squares += weight * weight;
            }
        }

        return new(dual, means, leftOut, Rows * squares / (outputs * trace * trace));
    }

    /// <summary>What was fitted to some targets.</summary>
    /// <param name="dual">(K + λI)⁻¹ Y, row-major.</param>
    /// <param name="means">Mean of each target.</param>
    /// <param name="leftOut">For each training row the prediction of the fit to all the other rows.</param>
    /// <param name="generalizedCrossValidation">
    /// The mean squared residual over (1 - degrees of freedom / rows)²: an estimate of the error on new rows (Golub, Heath and Wahba 1979).
    /// </param>
    public sealed class Fit(double[] dual, double[] means, double[] leftOut, double generalizedCrossValidation)
    {
        /// <summary>For each training row the prediction of the fit to all the other rows, rows x outputs.</summary>
        public double[] LeftOut => leftOut;

        /// <summary>An estimate of the mean squared error on new rows.</summary>
        public double GeneralizedCrossValidation => generalizedCrossValidation;

        /// <summary>Predictions, rows x outputs.</summary>
        /// <param name="cross">Products of the new rows with the training rows, row-major, new rows x training rows.</param>
        public double[] Predict(ReadOnlySpan<float> cross)
        {
            var (outputs, rows) = (means.Length, dual.Length / means.Length);
            using var scope = new Tape(record: false);
            var products = GC.AllocateUninitializedArray<double>(cross.Length);
            TensorPrimitives.ConvertChecked(cross, products.AsSpan());
            var predictions = Tensor.Create(products, [cross.Length / rows, rows], Device.Cpu).MatMul(Tensor.Create(dual, [rows, outputs], Device.Cpu));
            return (predictions + Tensor.Create(means, [outputs], Device.Cpu)).ToArray();
        }
    }
}
