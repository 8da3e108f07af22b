using Autodiff.Kernels;

namespace Autodiff;

public partial class Tensor<T>
{
    /// <summary>Starts to read the elements, in row-major order, and does not wait for them: the device goes on computing, and so does the program.</summary>
    /// <remarks>
    /// The values are those of now; the tensor may go with its tape. A training loop looks at the loss of the step before, which costs no wait:
    /// <code>
    /// PendingRead&lt;float&gt;? previous = null;
    /// foreach (Batch batch in batches)
    /// {
    ///     using var tape = new Tape();
    ///     var loss = Loss.MeanSquaredError(network.Forward(batch.Inputs), batch.Targets);
    ///     tape.Backward(loss);
    ///     optimizer.Step();
    ///     optimizer.ZeroGradient();
    ///     Console.WriteLine(previous?.Item());
    ///     previous = loss.ReadAsync();
    /// }
    /// </code>
    /// </remarks>
    public PendingRead<T> ReadAsync()
    {
        View<T> view = View;
        if (Count == 0 || view.IsContiguous)
        {
            return Device.BeginDownload(view.Storage, view.Layout.Offset, Count);
        }

        using Storage<T> contiguous = new(Device, Count);
        Device.Copy(view, new View<T>(contiguous, new Layout(Shape)));
        return Device.BeginDownload(contiguous, 0, Count);
    }
}
