using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Stores a product [channels, windows] as images, with a bias per channel if there is one.</summary>
internal struct StoreImages<T> : IEpilogue<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>[channels]; any elements without a bias.</summary>
    public ArrayView<T> Bias;

    /// <summary>Where the bias begins, and 1 if there is one.</summary>
    public int BiasStart, HasBias;

    /// <summary>The windows of an image, and of a row.</summary>
    public Divisor PerImage, PerRow;

    /// <summary>How far images, channels, rows and columns of the result lie apart.</summary>
    public int ImageStep, ChannelStep, RowStep, ColumnStep;

    /// <inheritdoc/>
    public static bool TakesSums => false;

    /// <inheritdoc/>
    public static bool Finishes => false;

    public readonly void Store(ArrayView<T> y, int number, int row, int column, int other, T product)
    {
        uint image = PerImage.Divide((uint)column), place = (uint)column - image * PerImage.Value, down = PerRow.Divide(place);
        if (HasBias != 0)
        {
            product += Bias[BiasStart + row];
        }

        y[(int)image * ImageStep + row * ChannelStep + (int)down * RowStep + (int)(place - down * PerRow.Value) * ColumnStep] = product;
    }

    public readonly void StoreSum(int row, T sum)
    {
    }

    public readonly void Finish()
    {
    }
}
