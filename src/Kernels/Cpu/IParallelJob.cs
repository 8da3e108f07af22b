namespace Autodiff.Kernels;

/// <summary>Work that falls into independent parts. A struct on the caller's stack, so that starting it allocates nothing.</summary>
internal interface IParallelJob
{
    /// <summary>Does one part. The result must not depend on which thread does it, nor on how many parts there are.</summary>
    void Run(int part, int parts);
}
