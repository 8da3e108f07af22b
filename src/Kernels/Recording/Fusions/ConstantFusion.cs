namespace Autodiff.Kernels;

/// <summary>A result that is filled with a number and never changed is as the capture left it: the call is dropped.</summary>
/// <remarks>Such are the gradient 1 that a backward pass starts from, and scalars that are made of constants.</remarks>
internal sealed class ConstantFusion : Fusion
{
    /// <inheritdoc/>
    protected override void Fuse(CommandList list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            Storage? constant = list[i] switch
            {
                Command<FillCall<float>> fill => fill.Call.Y.Storage,
                Command<FillCall<double>> fill => fill.Call.Y.Storage,
                _ => null,
            };
            if (constant is not null && list.IsWrittenOnce(constant) && list.IsAlone(constant))
            {
                list.Replace(i, null);
            }
        }
    }
}
