using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Where the up to four elements lie that a thread takes at a time of one operand.</summary>
internal readonly struct Places
{
    private readonly int _first, _second, _third, _fourth, _count, _access;

    /// <param name="first">The first element.</param>
    /// <param name="second">The second; where there is none, any valid place, and so on.</param>
    /// <param name="third">The third.</param>
    /// <param name="fourth">The fourth.</param>
    /// <param name="count">How many there are, from 1 to 4.</param>
    /// <param name="access">The flags of <see cref="Fours"/> for the operand.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Places(int first, int second, int third, int fourth, int count, int access)
    {
        _first = first;
        _second = second;
        _third = third;
        _fourth = fourth;
        _count = count;
        _access = access;
    }

    /// <summary>The elements; those beyond the count are any elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Four<T> Read<T>(ArrayView<T> view)
        where T : unmanaged, INumber<T>
    {
        Four<T> v;
        if ((_access & Fours.Whole) != 0 && _count == 4)
        {
            v = view.Cast<Four<T>>()[_first >> 2];
        }
        else if ((_access & Fours.Same) != 0)
        {
            T same = view[_first];
            v = new Four<T>(same, same, same, same);
        }
        else
        {
            v = new Four<T>(view[_first], view[_second], view[_third], view[_fourth]);
        }
        return v;
    }

    /// <summary>Elements that lie some numbers of steps from these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Places Moved(Four<int> numbers, int step, int access) =>
        new(_first + numbers.X * step, _second + numbers.Y * step, _third + numbers.Z * step, _fourth + numbers.W * step, _count, access);

    /// <summary>Writes the elements up to the count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<T>(ArrayView<T> view, Four<T> v)
        where T : unmanaged, INumber<T>
    {
        if ((_access & Fours.Whole) != 0 && _count == 4)
        {
            view.Cast<Four<T>>()[_first >> 2] = v;
            return;
        }
        view[_first] = v.X;
        if (_count > 1)
        {
            view[_second] = v.Y;
        }

        if (_count > 2)
        {
            view[_third] = v.Z;
        }

        if (_count > 3)
        {
            view[_fourth] = v.W;
        }
    }
}
