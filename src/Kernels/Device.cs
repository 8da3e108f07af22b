using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Something that owns memory and runs kernels: the CPU, a GPU, or the emulator of one.</summary>
/// <remarks>
/// The kernels come in a few families, declared here and written once for the CPU and once for ILGPU. Every kernel takes its operands as strided
/// <see cref="View{T}"/>s whose shapes the caller has already made to agree; outputs must not overlap themselves. An output may be the very view that is an input of
/// an elementwise kernel (in place). Results are deterministic: the same bits on the same device and build, however many threads.
/// The type parameter T everywhere is <see cref="float"/> or <see cref="double"/>.
/// </remarks>
public abstract partial class Device
{
    private MatMulPrecision _precision;

    private protected Device(DeviceKind kind, string name)
    {
        Kind = kind;
        Name = name;
        // Where calls are not worth joining, memory that is in the cache still is worth more than their freedom to move.
        Pool = new MemoryPool(AllocateBlock, Synchronize) { LittleBytes = PaysForLaunches ? 64L << 20 : 0 };
    }

    /// <summary>What runs the kernels.</summary>
    public DeviceKind Kind { get; }

    /// <summary>The device's own name, for people.</summary>
    public string Name { get; }

    /// <summary>What the memory pool holds.</summary>
    public MemoryStatistics Memory => Pool.Statistics;

    /// <summary>How exactly matrix products of <see cref="float"/> are computed; other types are not concerned. By default <see cref="MatMulPrecision.Full"/>.</summary>
    /// <exception cref="NotSupportedException">The device has no tensor cores that multiply TF32 numbers.</exception>
    public MatMulPrecision MatMulPrecision
    {
        get => _precision;
        set
        {
            if (!Enum.IsDefined(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "There are the precisions Full, ThreeTf32 and Tf32.");
            }

            if (value != MatMulPrecision.Full && TensorCoresMissing is { } reason)
            {
                throw new NotSupportedException($"MatMulPrecision.{value} needs an NVIDIA GPU of compute capability 8.0 or more (Ampere and later); {reason}. Use MatMulPrecision.Full.");
            }

            _precision = value;
        }
    }

    /// <summary>Why the device has no tensor cores for TF32, or null if it has.</summary>
    private protected virtual string? TensorCoresMissing => $"{Name} is a device of kind {Kind}";

    internal MemoryPool Pool { get; }

    /// <summary>Gives cached memory that no tensor uses back to the device or the operating system.</summary>
    public void EmptyCache()
    {
        Synchronize();
        Pool.Empty();
    }

    /// <summary>Waits until every kernel that was started has finished.</summary>
    public abstract void Synchronize();

    /// <summary>Copies host memory to the elements from <paramref name="offset"/> on.</summary>
    /// <exception cref="InvalidOperationException">A step is being captured: its replays could only repeat these values.</exception>
    public void Upload<T>(ReadOnlySpan<T> source, Storage<T> destination, int offset)
        where T : unmanaged
    {
        Recorder.Current?.RefuseUpload(source.Length);
        UploadCore(source, destination, offset);
    }

    /// <summary>Copies the elements from <paramref name="offset"/> on to host memory, after the kernels that write them.</summary>
    /// <exception cref="InvalidOperationException">A step is being captured: what is done with the values would not be repeated.</exception>
    public void Download<T>(Storage<T> source, int offset, Span<T> destination)
        where T : unmanaged
    {
        Recorder.Current?.RefuseDownload(destination.Length);
        DownloadCore(source, offset, destination);
    }

    /// <summary>y = op(x), elementwise; x may be broadcast or strided.</summary>
    public void Map<T, TOp>(View<T> x, View<T> y, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IUnaryKernel<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new MapCall<T, TOp>(x, y, op));
        }
        else
        {
            MapCore(x, y, op);
        }
    }

    /// <summary>y = op(a, b), elementwise; a and b may be broadcast or strided.</summary>
    public void Zip<T, TOp>(View<T> a, View<T> b, View<T> y, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryKernel<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new ZipCall<T, TOp>(a, b, y, op));
        }
        else
        {
            ZipCore(a, b, y, op);
        }
    }

    /// <summary>y = op(a, b, c), elementwise; a, b and c may be broadcast or strided.</summary>
    public void Zip<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, ITernaryKernel<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new ZipThreeCall<T, TOp>(a, b, c, y, op));
        }
        else
        {
            ZipCore(a, b, c, y, op);
        }
    }

    /// <summary>Combines the elements of x along every axis on which y has size 1, in an order that depends on the shapes alone.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="y">The shape of x with the reduced axes of size 1.</param>
    /// <param name="op">How elements are loaded, combined and finished.</param>
    public void Reduce<T, TOp>(View<T> x, View<T> y, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IReductionKernel<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new ReduceCall<T, TOp>(x, y, op));
        }
        else
        {
            ReduceCore(x, y, op);
        }
    }

    /// <summary>y = a function of whole rows: soft-max, layer normalization and what they pass back.</summary>
    /// <param name="x">Any shape, any strides.</param>
    /// <param name="p">The second operand, of the shape of x, or x again where there is none; may be broadcast.</param>
    /// <param name="q">The third operand, likewise.</param>
    /// <param name="y">The shape of x, or, where a row becomes numbers, as many of them along the axis. It may be x itself.</param>
    /// <param name="axis">The axis that rows lie along, from 0.</param>
    /// <param name="op">What is found out about a row and made of it.</param>
    public void Rows<T, TOp>(View<T> x, View<T> p, View<T> q, View<T> y, int axis, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IRowKernel<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new RowsCall<T, TOp>(x, p, q, y, axis, op));
        }
        else
        {
            RowsCore(x, p, q, y, axis, op);
        }
    }

    /// <summary>y[..., i, ...] = x[..., 0, ...] + ... + x[..., i, ...] along an axis; from the far end if <paramref name="reverse"/>.</summary>
    public void CumulativeSum<T>(View<T> x, View<T> y, int axis, bool reverse)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new CumulativeSumCall<T>(x, y, axis, reverse));
        }
        else
        {
            CumulativeSumCore(x, y, axis, reverse);
        }
    }

    /// <summary>y = a b for the last two axes; leading axes are batches, a and b already broadcast to those of y (stride 0 where repeated).</summary>
    /// <param name="a">[..., m, k], any strides: a transposed operand is just a view.</param>
    /// <param name="b">[..., k, n], any strides.</param>
    /// <param name="y">[..., m, n], contiguous.</param>
    public void MatMul<T>(View<T> a, View<T> b, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new MatMulCall<T>(a, b, y));
        }
        else
        {
            MatMulCore(a, b, y);
        }
    }

    /// <summary>y[n, o] = Σ weight[o, c] ⋆ x[n, c] + bias[o]: cross-correlation over the last two axes, zero beyond the borders.</summary>
    /// <param name="x">[images, channels, rows, columns], contiguous.</param>
    /// <param name="weight">[outputs, channels, rows, columns], contiguous, of the sizes of the windows.</param>
    /// <param name="bias">[outputs], contiguous; null without.</param>
    /// <param name="y">[images, outputs, rows, columns], contiguous.</param>
    /// <param name="rows">How the weights slide along rows.</param>
    /// <param name="columns">How they slide along columns.</param>
    public void Convolve<T>(View<T> x, View<T> weight, View<T>? bias, View<T> y, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new ConvolveCall<T>(x, weight, bias, y, rows, columns));
        }
        else
        {
            ConvolveCore(x, weight, bias, y, rows, columns);
        }
    }

    /// <summary>x = what <see cref="Convolve"/> passes back to its images of the gradient of its result: the transposed convolution.</summary>
    /// <param name="gradient">[images, outputs, rows, columns], contiguous.</param>
    /// <param name="weight">The weights, contiguous.</param>
    /// <param name="x">The shape of the images, contiguous.</param>
    /// <param name="rows">How the weights slide along rows.</param>
    /// <param name="columns">How they slide along columns.</param>
    public void ConvolveGradient<T>(View<T> gradient, View<T> weight, View<T> x, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new ConvolveGradientCall<T>(gradient, weight, x, rows, columns));
        }
        else
        {
            ConvolveGradientCore(gradient, weight, x, rows, columns);
        }
    }

    /// <summary>weight = what <see cref="Convolve"/> passes back to its weights of the gradient of its result.</summary>
    /// <param name="x">The images, contiguous.</param>
    /// <param name="gradient">[images, outputs, rows, columns], contiguous.</param>
    /// <param name="weight">The shape of the weights, contiguous.</param>
    /// <param name="rows">How the weights slide along rows.</param>
    /// <param name="columns">How they slide along columns.</param>
    public void ConvolveWeightGradient<T>(View<T> x, View<T> gradient, View<T> weight, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new ConvolveWeightGradientCall<T>(x, gradient, weight, rows, columns));
        }
        else
        {
            ConvolveWeightGradientCore(x, gradient, weight, rows, columns);
        }
    }

    /// <summary>y = the largest element that each window sees, the last NaN if any is; places = where it lies in its plane, the first of equals.</summary>
    /// <param name="x">[images, channels, rows, columns], contiguous.</param>
    /// <param name="y">[images, channels, output rows, output columns], contiguous.</param>
    /// <param name="places">The shape of y, contiguous: row · columns + column; null where nobody asks.</param>
    /// <param name="rows">How windows slide along rows, not dilated; each sees at least one element.</param>
    /// <param name="columns">How they slide along columns.</param>
    public void MaxPool<T>(View<T> x, View<T> y, View<int>? places, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new MaxPoolCall<T>(x, y, places, rows, columns));
        }
        else
        {
            MaxPoolCore(x, y, places, rows, columns);
        }
    }

    /// <summary>y = the sum of what each window sees, zero beyond the borders, times <paramref name="scale"/>.</summary>
    /// <param name="x">[images, channels, rows, columns], contiguous.</param>
    /// <param name="y">[images, channels, output rows, output columns], contiguous.</param>
    /// <param name="rows">How windows slide along rows, not dilated; each sees at least one element.</param>
    /// <param name="columns">How they slide along columns.</param>
    /// <param name="scale">1 / size for the mean.</param>
    public void AveragePool<T>(View<T> x, View<T> y, SlidingWindow rows, SlidingWindow columns, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new AveragePoolCall<T>(x, y, rows, columns, scale));
        }
        else
        {
            AveragePoolCore(x, y, rows, columns, scale);
        }
    }

    /// <summary>x = what <see cref="AveragePool"/> passes back: for each element the sum of the gradients of the windows that see it, times <paramref name="scale"/>.</summary>
    /// <param name="gradient">[images, channels, output rows, output columns], contiguous.</param>
    /// <param name="x">[images, channels, rows, columns], contiguous.</param>
    /// <param name="rows">How windows slide along rows, not dilated; each sees at least one element.</param>
    /// <param name="columns">How they slide along columns.</param>
    /// <param name="scale">What sums are multiplied by.</param>
    public void AveragePoolGradient<T>(View<T> gradient, View<T> x, SlidingWindow rows, SlidingWindow columns, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new AveragePoolGradientCall<T>(gradient, x, rows, columns, scale));
        }
        else
        {
            AveragePoolGradientCore(gradient, x, rows, columns, scale);
        }
    }

    /// <summary>Sets every element of y to a value.</summary>
    public void Fill<T>(View<T> y, T value)
        where T : unmanaged
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new FillCall<T>(y, value));
        }
        else
        {
            FillCore(y, value);
        }
    }

    /// <summary>y = x for any strides of both: contiguous copies, transposes, slices, broadcasts.</summary>
    public void Copy<T>(View<T> x, View<T> y)
        where T : unmanaged
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new CopyCall<T>(x, y));
        }
        else
        {
            CopyCore(x, y);
        }
    }

    /// <summary>y[i][j] = x[indices[i][j]][j] for axis 0, and so on for other axes. Indices were checked against the axis by the caller.</summary>
    /// <param name="x">The shape of y but for the axis.</param>
    /// <param name="indices">The shape of y.</param>
    /// <param name="y">The gathered elements.</param>
    /// <param name="axis">The axis that the indices run over, from 0.</param>
    public void Gather<T>(View<T> x, View<int> indices, View<T> y, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new GatherCall<T>(x, indices, y, axis));
        }
        else
        {
            GatherCore(x, indices, y, axis);
        }
    }

    /// <summary>y[indices[i][j]][j] += x[i][j] for axis 0, and so on for other axes, in the order of x along the axis.</summary>
    /// <param name="x">The elements to add.</param>
    /// <param name="indices">The shape of x.</param>
    /// <param name="y">The shape of x but for the axis.</param>
    /// <param name="axis">The axis that the indices run over, from 0.</param>
    public void ScatterAdd<T>(View<T> x, View<int> indices, View<T> y, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new ScatterAddCall<T>(x, indices, y, axis));
        }
        else
        {
            ScatterAddCore(x, indices, y, axis);
        }
    }

    /// <summary>Uniform numbers in [0, 1): element i comes from block (offset + i) / 4 of the Philox 4x32-10 stream of the seed, so all devices draw the same.</summary>
    /// <param name="y">Contiguous.</param>
    /// <param name="seed">Names the stream.</param>
    /// <param name="offset">The position in the stream; a multiple of 4.</param>
    public void RandomUniform<T>(View<T> y, ulong seed, ulong offset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new RandomUniformCall<T>(y, seed, offset));
        }
        else
        {
            RandomUniformCore(y, seed, offset);
        }
    }

    /// <summary>Standard normal numbers by the Box-Muller transform of the uniform ones.</summary>
    /// <param name="y">Contiguous.</param>
    /// <param name="seed">Names the stream.</param>
    /// <param name="offset">The position in the stream; a multiple of 4.</param>
    public void RandomNormal<T>(View<T> y, ulong seed, ulong offset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new RandomNormalCall<T>(y, seed, offset));
        }
        else
        {
            RandomNormalCore(y, seed, offset);
        }
    }

    /// <summary>loss = sum of (prediction - target)² times <paramref name="scale"/>, in one pass.</summary>
    /// <param name="prediction">Any shape.</param>
    /// <param name="target">The shape of <paramref name="prediction"/>.</param>
    /// <param name="loss">A scalar.</param>
    /// <param name="scale">1 / count for the mean, 1 for the sum.</param>
    public void SquaredError<T>(View<T> prediction, View<T> target, View<T> loss, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new SquaredErrorCall<T>(prediction, target, loss, scale));
        }
        else
        {
            SquaredErrorCore(prediction, target, loss, scale);
        }
    }

    /// <summary>One Adam step of any number of parameters: one pass, and one launch on a GPU (with OpenCL one for every 16 parameters).</summary>
    public void Adam<T>(ReadOnlySpan<AdamParameter<T>> parameters, in AdamStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Adam(this, parameters, step);
        }
        else
        {
            AdamCore(parameters, step);
        }
    }

    /// <summary>One step of gradient descent of any number of parameters: one pass, and one launch on a GPU (with OpenCL one for every 16 parameters).</summary>
    public void Sgd<T>(ReadOnlySpan<SgdParameter<T>> parameters, in SgdStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Sgd(this, parameters, step);
        }
        else
        {
            SgdCore(parameters, step);
        }
    }

    private protected abstract Block AllocateBlock(long bytes);
}
