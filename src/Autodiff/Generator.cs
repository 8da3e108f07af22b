using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A source of random numbers: the Philox 4x32-10 stream of a seed, the same on every device, and a position in it that each draw advances.</summary>
/// <remarks>
/// Philox is counter-based: <see cref="Seed"/> and <see cref="Offset"/> are the whole state, so saving the two saves the generator. Give each thread a generator of its own.
/// Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC 2011.
/// </remarks>
/// <param name="seed">Names the stream.</param>
/// <param name="offset">Where in it to start.</param>
public sealed class Generator(ulong seed, ulong offset = 0)
{
    private const ulong BlockSize = 4;

    /// <summary>What names the stream.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>The position in the stream, a multiple of 4. Setting it to one that was read before repeats the numbers that followed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset is not a multiple of 4.</exception>
    public ulong Offset
    {
        get;
        set => field = Checked(value);
    } = Checked(offset);

    /// <summary>Numbers spread evenly over [low, high); rounding may give high itself.</summary>
    /// <exception cref="ArgumentException">The interval is empty or not finite.</exception>
    public Tensor<T> Uniform<T>(Shape shape, T low, T high, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> y = Tape.Rent<T>(device ?? Device.Default, shape);
        FillUniform(y, low, high);
        return Tape.Record("Uniform", y);
    }

    /// <summary>Numbers spread evenly over [0, 1).</summary>
    public Tensor<T> Uniform<T>(Shape shape, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Uniform(shape, T.Zero, T.One, device);

    /// <summary>Normally distributed numbers.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation, not negative.</param>
    /// <param name="device">Where to make it.</param>
    /// <exception cref="ArgumentException">A parameter is not finite, or the standard deviation is negative.</exception>
    public Tensor<T> Normal<T>(Shape shape, T mean, T standardDeviation, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> y = Tape.Rent<T>(device ?? Device.Default, shape);
        FillNormal(y, mean, standardDeviation);
        return Tape.Record("Normal", y);
    }

    /// <summary>Standard normal numbers: mean 0, standard deviation 1.</summary>
    public Tensor<T> Normal<T>(Shape shape, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Normal(shape, T.Zero, T.One, device);

    /// <summary>Draws into memory that is there already.</summary>
    /// <inheritdoc cref="Uniform{T}(Shape, T, T, Device?)"/>
    internal void FillUniform<T>(View<T> y, T low, T high)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(low < high) || !T.IsFinite(high - low))
        {
            throw new ArgumentException($"Uniform: the interval [{low}, {high}) is empty or not finite.");
        }

        Draw(y, static (generator, y) => y.Device.RandomUniform(y, generator.Seed, generator.Advance(y.Shape)));
        if (low != T.Zero || high != T.One)
        {
            y.Device.Map(y, y, new Affine<T>(high - low, low));
        }
    }

    /// <summary>Draws into memory that is there already.</summary>
    /// <inheritdoc cref="Normal{T}(Shape, T, T, Device?)"/>
    internal void FillNormal<T>(View<T> y, T mean, T standardDeviation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!T.IsFinite(mean) || !T.IsFinite(standardDeviation) || standardDeviation < T.Zero)
        {
            throw new ArgumentException($"Normal: mean {mean} and standard deviation {standardDeviation}; both must be finite and the deviation not negative.");
        }

        Draw(y, static (generator, y) => y.Device.RandomNormal(y, generator.Seed, generator.Advance(y.Shape)));
        if (mean != T.Zero || standardDeviation != T.One)
        {
            y.Device.Map(y, y, new Affine<T>(standardDeviation, mean));
        }
    }

    private static ulong Checked(ulong offset) => offset % BlockSize == 0
        ? offset
        : throw new ArgumentOutOfRangeException(nameof(offset), offset, $"Generator: the offset {offset} is not a multiple of {BlockSize}, the numbers in a Philox block. Use one that a Generator's Offset has given.");

    private void Draw<T>(View<T> y, Action<Generator, View<T>> draw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (StepCapture.Current is { } capture)
        {
            Capture(capture, y, draw);
        }
        else
        {
            draw(this, y);
        }
    }

    // Apart, so that other draws do not pay for the closure. Each replay goes on where the generator stands then.
    private void Capture<T>(StepCapture capture, View<T> y, Action<Generator, View<T>> draw)
        where T : unmanaged, IFloatingPointIeee754<T> => capture.Run("a random draw", () => draw(this, y));

    private ulong Advance(Shape shape)
    {
        ulong from = Offset;
        Offset += ((ulong)shape.Count + BlockSize - 1) / BlockSize * BlockSize;
        return from;
    }
}
