using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>The CPU.</summary>
internal sealed unsafe class CpuDevice() : Device(DeviceKind.Cpu, "CPU")
{
    private protected override Block AllocateBlock(long bytes) => new HostBlock(bytes);

    public override void Synchronize()
    {
    }

    public override void Upload<T>(ReadOnlySpan<T> source, Storage<T> destination, int offset) =>
        source.CopyTo(new Span<T>(Pointer(destination) + offset, destination.Length - offset));

    public override void Download<T>(Storage<T> source, int offset, Span<T> destination) =>
        new ReadOnlySpan<T>(Pointer(source) + offset, destination.Length).CopyTo(destination);

    public override void Map<T, TOp>(View<T> x, View<T> y, TOp op)
    {
        T* px = Pointer(x.Storage), py = Pointer(y.Storage);
        for (int i = 0; i < y.Count; i++)
            py[At(y.Layout, i)] = op.Invoke(px[At(x.Layout.BroadcastTo(y.Shape), i)]);
    }

    public override void Zip<T, TOp>(View<T> a, View<T> b, View<T> y, TOp op)
    {
        T* pa = Pointer(a.Storage), pb = Pointer(b.Storage), py = Pointer(y.Storage);
        Layout la = a.Layout.BroadcastTo(y.Shape), lb = b.Layout.BroadcastTo(y.Shape);
        for (int i = 0; i < y.Count; i++)
            py[At(y.Layout, i)] = op.Invoke(pa[At(la, i)], pb[At(lb, i)]);
    }

    public override void Zip<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op)
    {
        T* pa = Pointer(a.Storage), pb = Pointer(b.Storage), pc = Pointer(c.Storage), py = Pointer(y.Storage);
        Layout la = a.Layout.BroadcastTo(y.Shape), lb = b.Layout.BroadcastTo(y.Shape), lc = c.Layout.BroadcastTo(y.Shape);
        for (int i = 0; i < y.Count; i++)
            py[At(y.Layout, i)] = op.Invoke(pa[At(la, i)], pb[At(lb, i)], pc[At(lc, i)]);
    }

    public override void Reduce<T, TOp>(View<T> x, View<T> y, TOp op)
    {
        T* px = Pointer(x.Storage), py = Pointer(y.Storage);
        Layout ly = y.Layout.BroadcastTo(x.Shape);
        for (int i = 0; i < y.Count; i++)
            py[At(y.Layout, i)] = op.Identity;
        for (int i = 0; i < x.Count; i++)
            py[At(ly, i)] = op.Combine(py[At(ly, i)], op.Load(px[At(x.Layout, i)]));
        for (int i = 0; i < y.Count; i++)
            py[At(y.Layout, i)] = op.Finish(py[At(y.Layout, i)]);
    }

    public override void CumulativeSum<T>(View<T> x, View<T> y, int axis, bool reverse)
    {
        T* px = Pointer(x.Storage), py = Pointer(y.Storage);
        int size = x.Shape[axis];
        Layout starts = x.Layout.Slice(axis, 0, Math.Min(size, 1)), targets = y.Layout.Slice(axis, 0, Math.Min(size, 1));
        for (int i = 0; i < starts.Shape.Count; i++)
        {
            T total = T.Zero;
            for (int k = 0; k < size; k++)
            {
                int step = reverse ? size - 1 - k : k;
                total += px[At(starts, i) + step * x.Layout.Stride(axis)];
                py[At(targets, i) + step * y.Layout.Stride(axis)] = total;
            }
        }
    }

    public override void MatMul<T>(View<T> a, View<T> b, View<T> y)
    {
        T* pa = Pointer(a.Storage), pb = Pointer(b.Storage), py = Pointer(y.Storage);
        int m = y.Shape[-2], n = y.Shape[-1], k = a.Shape[-1];
        for (int i = 0; i < y.Count; i++)
        {
            int column = i % n, row = i / n % m, batch = i / n / m;
            T sum = T.Zero;
            for (int j = 0; j < k; j++)
                sum += pa[At(a.Layout, (batch * m + row) * k + j)] * pb[At(b.Layout, (batch * k + j) * n + column)];
            py[At(y.Layout, i)] = sum;
        }
    }

    public override void Fill<T>(View<T> y, T value)
    {
        T* py = Pointer(y.Storage);
        for (int i = 0; i < y.Count; i++)
            py[At(y.Layout, i)] = value;
    }

    public override void Copy<T>(View<T> x, View<T> y)
    {
        T* px = Pointer(x.Storage), py = Pointer(y.Storage);
        Layout lx = x.Layout.BroadcastTo(y.Shape);
        for (int i = 0; i < y.Count; i++)
            py[At(y.Layout, i)] = px[At(lx, i)];
    }

    public override void Gather<T>(View<T> x, View<int> indices, View<T> y, int axis)
    {
        T* px = Pointer(x.Storage), py = Pointer(y.Storage);
        int* pi = Pointer(indices.Storage);
        Layout along = x.Layout.Slice(axis, 0, 1).BroadcastTo(y.Shape);
        for (int i = 0; i < y.Count; i++)
            py[At(y.Layout, i)] = px[At(along, i) + pi[At(indices.Layout, i)] * x.Layout.Stride(axis)];
    }

    public override void ScatterAdd<T>(View<T> x, View<int> indices, View<T> y, int axis)
    {
        T* px = Pointer(x.Storage), py = Pointer(y.Storage);
        int* pi = Pointer(indices.Storage);
        Layout along = y.Layout.Slice(axis, 0, 1).BroadcastTo(x.Shape);
        for (int i = 0; i < x.Count; i++)
            py[At(along, i) + pi[At(indices.Layout, i)] * y.Layout.Stride(axis)] += px[At(x.Layout, i)];
    }

    public override void RandomUniform<T>(View<T> y, ulong seed, ulong offset)
    {
        T* py = Pointer(y.Storage);
        var random = new System.Random((int)(seed * 31 + offset));
        for (int i = 0; i < y.Count; i++)
            py[At(y.Layout, i)] = T.CreateTruncating(random.NextSingle());
    }

    public override void RandomNormal<T>(View<T> y, ulong seed, ulong offset)
    {
        T* py = Pointer(y.Storage);
        var random = new System.Random((int)(seed * 31 + offset));
        for (int i = 0; i < y.Count; i++)
            py[At(y.Layout, i)] = T.CreateTruncating(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()));
    }

    public override void SquaredError<T>(View<T> prediction, View<T> target, View<T> loss, T scale)
    {
        T* pp = Pointer(prediction.Storage), pt = Pointer(target.Storage);
        T total = T.Zero;
        for (int i = 0; i < prediction.Count; i++)
        {
            T difference = pp[At(prediction.Layout, i)] - pt[At(target.Layout, i)];
            total += difference * difference;
        }
        Pointer(loss.Storage)[loss.Layout.Offset] = total * scale;
    }

    public override void Adam<T>(ReadOnlySpan<AdamParameter<T>> parameters, in AdamStep step)
    {
        T beta1 = T.CreateChecked(1 - step.Beta1), beta2 = T.CreateChecked(step.Beta2), rest2 = T.CreateChecked(1 - step.Beta2);
        T size = T.CreateChecked(step.StepSize), correction = T.CreateChecked(step.SecondMomentCorrection), epsilon = T.CreateChecked(step.Epsilon);
        T decay = T.CreateChecked(step.WeightDecay), shrink = T.One - T.CreateChecked(step.LearningRate * step.WeightDecay);
        foreach (AdamParameter<T> p in parameters)
        {
            T* pp = Pointer(p.Parameter.Storage) + p.Parameter.Layout.Offset, pg = Pointer(p.Gradient.Storage) + p.Gradient.Layout.Offset;
            T* pm = Pointer(p.FirstMoment.Storage) + p.FirstMoment.Layout.Offset, pv = Pointer(p.SecondMoment.Storage) + p.SecondMoment.Layout.Offset;
            for (int i = 0; i < p.Parameter.Count; i++)
            {
                T x = step.Decoupled ? pp[i] * shrink : pp[i], g = step.Decoupled ? pg[i] : pg[i] + decay * pp[i];
                pm[i] += beta1 * (g - pm[i]);
                pv[i] = beta2 * pv[i] + rest2 * g * g;
                pp[i] = x - size * (pm[i] / (T.Sqrt(pv[i]) / correction + epsilon));
            }
        }
    }

    private static T* Pointer<T>(Storage<T> storage)
        where T : unmanaged => (T*)((HostBlock)storage.Block).Address;

    private static int At(in Layout layout, int index)
    {
        int position = layout.Offset;
        for (int axis = layout.Shape.Rank - 1; axis >= 0; axis--)
        {
            position += index % layout.Shape[axis] * layout.Strides[axis];
            index /= layout.Shape[axis];
        }
        return position;
    }
}
