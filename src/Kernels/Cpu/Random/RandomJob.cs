using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>Random numbers of a Philox stream, as <see cref="Philox"/> defines them.</summary>
internal unsafe struct RandomJob<T> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Grain = 1 << 12;
    private const int BlockLength = 256;

    private T* _y;
    private int _count;
    private ulong _seed, _firstBlock;
    private bool _normal;

    /// <summary>Fills y from a position of the stream on.</summary>
    public static void Run(T* y, int count, ulong seed, ulong offset, bool normal)
    {
        var job = new RandomJob<T> { _y = y, _count = count, _seed = seed, _firstBlock = offset / 4, _normal = normal };
        Workers.Run(ref job, Workers.Parts(count, Grain));
    }

    [SkipLocalsInit]
    public readonly void Run(int part, int parts)
    {
        int blocks = (_count + BlockLength - 1) / BlockLength;
        int end = (int)((long)blocks * (part + 1) / parts);
        T* buffer = stackalloc T[3 * BlockLength];
        for (int block = (int)((long)blocks * part / parts); block < end; block++)
        {
            int start = block * BlockLength, count = Math.Min(BlockLength, _count - start);
            // Four blocks of words at a time, and whole vectors of pairs.
            int drawn = (count + 15) & ~15;
            Uniform(_firstBlock + (ulong)(start / 4), buffer, drawn);
            if (_normal)
            {
                Normal(buffer, buffer + BlockLength, buffer + 3 * BlockLength / 2, drawn / 2);
            }

            Unsafe.CopyBlock(_y + start, buffer, (uint)(count * sizeof(T)));
        }
    }

    /// <param name="block">The first block.</param>
    /// <param name="y">The numbers.</param>
    /// <param name="count">How many; a multiple of 16.</param>
    [SkipLocalsInit]
    private readonly void Uniform(ulong block, T* y, int count)
    {
        uint* leading = stackalloc uint[16], trailing = stackalloc uint[16];
        for (int i = 0; i < count; i += 16, block += 4)
        {
            PhiloxBlocks.Four(block, 0, _seed, leading);
            if (typeof(T) == typeof(float))
            {
                for (int j = 0; j < 16; j++)
                {
                    ((float*)y)[i + j] = Philox.Single(leading[j]);
                }
            }
            else
            {
                PhiloxBlocks.Four(block, 1, _seed, trailing);
                for (int j = 0; j < 16; j++)
                {
                    ((double*)y)[i + j] = Philox.Double(leading[j], trailing[j]);
                }
            }
        }
    }

    /// <summary>The Box-Muller transform of pairs of neighbours.</summary>
    private static void Normal(T* y, T* first, T* second, int pairs)
    {
        for (int i = 0; i < pairs; i++)
        {
            first[i] = y[2 * i];
            second[i] = y[2 * i + 1];
        }
        Vector256<T> one = Vector256<T>.One, turn = Vector256.Create(T.Tau), factor = -(one + one);
        for (int i = 0; i < pairs; i += Vector256<T>.Count)
        {
            Vector256<T> radius = Vector256.Sqrt(factor * VectorMath.Log(one - Vector256.Load(first + i)));
            Vector256<T> angle = turn * Vector256.Load(second + i);
            (radius * VectorMath.Cos(angle)).Store(first + i);
            (radius * VectorMath.Sin(angle)).Store(second + i);
        }
        for (int i = 0; i < pairs; i++)
        {
            y[2 * i] = first[i];
            y[2 * i + 1] = second[i];
        }
    }
}
