namespace Autodiff.Kernels;

/// <summary>A SIMD register of some width, as static methods: lets one micro-kernel source serve every width and both number types.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The register's type.</typeparam>
internal unsafe interface ISimd<T, TVector>
    where T : unmanaged
    where TVector : struct
{
    /// <summary>How many numbers a register holds.</summary>
    static abstract int Width { get; }

    /// <summary>Reads a register.</summary>
    static abstract TVector Load(T* source);

    /// <summary>Writes a register.</summary>
    static abstract void Store(TVector value, T* destination);

    /// <summary>One number in every lane.</summary>
    static abstract TVector Broadcast(T* source);

    /// <summary>ab + c, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);
}
