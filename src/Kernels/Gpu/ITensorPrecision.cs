namespace Autodiff.Kernels;

/// <summary>What numbers become before tensor cores multiply them.</summary>
internal interface ITensorPrecision
{
    /// <summary>Whether each number is split into two of TF32, or rounded to one.</summary>
    static abstract bool IsSplit { get; }

    /// <summary>How many groups a multiprocessor is to hold, which bounds the registers of a thread.</summary>
    static abstract int GroupsPerMultiprocessor { get; }

    /// <summary>Relative to the float kernels with full precision.</summary>
    static abstract double Speed { get; }
}
