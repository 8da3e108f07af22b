namespace Autodiff.Kernels;

/// <summary>How exactly a device multiplies matrices of <see cref="float"/>. Sums are in single precision always.</summary>
/// <remarks>
/// TF32 is the format of NVIDIA's tensor cores that has the exponent of a float and 10 bits of its 23-bit mantissa: numbers are rounded to 2⁻¹¹ before they are multiplied.
/// The results of each setting are the same from run to run.
/// </remarks>
public enum MatMulPrecision
{
    /// <summary>Every product with all 24 bits, fused into the sum: the default, and what every device has.</summary>
    Full,

    /// <summary>
    /// Each number split into two of TF32, three of the four products taken: products to some 2⁻²⁰ of their size, about as exact as float. Numbers below 2⁻¹¹⁶ lose bits,
    /// and a sum that meets an infinity can become NaN. (Ootomo and Yokota 2022, "Recovering single precision accuracy from Tensor Cores".)
    /// </summary>
    ThreeTf32,

    /// <summary>Numbers rounded to TF32: three decimal digits, several times as fast. What other libraries mean by "TF32 allowed".</summary>
    Tf32,
}
