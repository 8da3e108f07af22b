using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Rivals;

/// <summary>Responses of some neurons, row-major, trials x neurons.</summary>
/// <param name="First">The first neuron.</param>
/// <param name="Count">Number of neurons.</param>
/// <param name="Train">Responses on the training trials.</param>
/// <param name="Test">Responses on the test trials.</param>
public sealed record NeuronBlock(int First, int Count, float[] Train, float[] Test)
{
    /// <summary>The same as matrices on the CPU.</summary>
    internal (Tensor<float> Train, Tensor<float> Test) ToTensors() =>
        (Tensor.Create(Train, [Train.Length / Count, Count], Device.Cpu), Tensor.Create(Test, [Test.Length / Count, Count], Device.Cpu));
}
