using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

[Collection(DeviceMemoryCollection.Name)]
public class SteadyLoopTests
{
    public static TheoryData<string> Devices => [.. TestDevices.Names];

    /// <summary>A training step neither waits for the device nor asks it for memory, and the loss of the step before is read without doing so.</summary>
    [Theory, MemberData(nameof(Devices))]
    public void AStepDoesNotWaitForTheDevice(string name)
    {
        Device device = Device.Parse(name);
        Tensor<float> Numbers(int seed, Shape shape)
        {
            var random = new Random(seed);
            return Tensor.Create([.. Enumerable.Range(0, shape.Count).Select(_ => random.NextSingle() - 0.5f)], shape, device);
        }

        Parameter<float>[] parameters = [new(Numbers(1, [13, 8])), new(Numbers(2, [8])), new(Numbers(3, [8, 1]))];
        Optimizer<float>[] optimizers = [new Adam<float>(parameters[..2], learningRate: 0.05), new Sgd<float>(parameters[2..], 0.05, momentum: 0.9)];
        Tensor<float> x = Numbers(4, [20, 13]), y = Numbers(5, [20, 1]);
        PendingRead<float>? previous = null;
        List<float> losses = [];
        long waits = 0, allocations = 0;
        for (int step = 0; step < 12; step++)
        {
            long before = device.HostWaits;
            PendingRead<float> read;
            float loss;
            using (var tape = new Tape())
            {
                Tensor<float> error = Loss.MeanSquaredError((x.MatMul(parameters[0]) + parameters[1]).Relu().MatMul(parameters[2]), y);
                foreach (Optimizer<float> optimizer in optimizers)
                {
                    optimizer.ZeroGradient();
                }

                tape.Backward(error);
                foreach (Optimizer<float> optimizer in optimizers)
                {
                    optimizer.Step();
                }

                read = error.ReadAsync();
                waits += device.HostWaits - before;
                loss = error.Item();
            }
            losses.Add(loss);
            if (previous is not null)
            {
                Assert.Equal(losses[^2], previous.Item());
            }

            previous = read;
            if (step == 5)
            {
                allocations = device.Memory.Allocations;
            }
        }
        Assert.Equal(0, waits);
        Assert.Equal(allocations, device.Memory.Allocations);
        Assert.True(losses[^1] < losses[0], $"the loss went from {losses[0]} to {losses[^1]}");
    }

    [Theory, MemberData(nameof(Devices))]
    public void ReadsAnyLayout(string name)
    {
        Device device = Device.Parse(name);
        Tensor<float> x = Tensor.Create<float>([1, 2, 3, 4, 5, 6], [2, 3], device);
        Assert.Equal([1, 4, 2, 5, 3, 6], x.Transpose().ReadAsync().ToArray());
        Assert.Equal([2, 5], x.Slice(1, 1, 1).ReadAsync().ToArray());
        Assert.Empty(Tensor.Create<float>([], [0, 3], device).ReadAsync().ToArray());
        Assert.Contains("one value", Assert.Throws<InvalidOperationException>(() => x.ReadAsync().Item()).Message);
    }
}
