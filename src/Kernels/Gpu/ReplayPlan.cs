namespace Autodiff.Kernels;

/// <summary>How a CUDA device replays a recording: as graphs, and one by one the calls between them whose numbers change.</summary>
/// <param name="precision">The precision of matrix products that graphs were captured with.</param>
internal sealed class ReplayPlan(MatMulPrecision precision) : IDisposable
{
    /// <summary>The precision of matrix products that graphs were captured with.</summary>
    public MatMulPrecision Precision => precision;

    /// <summary>What is launched, in its order; null until the recording was replayed once call by call.</summary>
    public Part[]? Parts { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Part part in Parts ?? [])
        {
            part.Graph?.Dispose();
        }
    }

    /// <summary>One of the two.</summary>
    /// <param name="Graph">Calls that are always the same.</param>
    /// <param name="Command">A single call.</param>
    public readonly record struct Part(CudaGraph? Graph, Command? Command);
}
