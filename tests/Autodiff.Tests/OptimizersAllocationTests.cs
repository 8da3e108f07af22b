using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

[Collection(DeviceMemoryCollection.Name)]
public class OptimizersAllocationTests
{
    private const int Steps = 100;

    [Fact]
    public void ASteadyTrainingStepAllocatesNothingOnTheDeviceAndLittleManaged()
    {
        Sequential<float> network = [new Linear<float>(30, 10, new Generator(1)), new Relu<float>(), new Linear<float>(10, 1, new Generator(2))];
        var optimizer = new Adam<float>(network.Parameters, learningRate: 1e-3);
        Tensor<float> x = Tensor.Ones<float>([20, 30]), y = Tensor.Zeros<float>([20, 1]);
        void Step()
        {
            using var tape = new Tape();
            Tensor<float> loss = Loss.MeanSquaredError(network.Forward(x), y);
            optimizer.ZeroGradient();
            tape.Backward(loss);
            optimizer.Step();
        }

        for (int i = 0; i < 10; i++)
        {
            Step();
        }

        long device = Device.Cpu.Memory.Allocations, managed = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Steps; i++)
        {
            Step();
        }

        long perStep = (GC.GetAllocatedBytesForCurrentThread() - managed) / Steps;
        TestContext.Current.TestOutputHelper?.WriteLine($"{perStep} managed bytes per step");
        Assert.Equal(device, Device.Cpu.Memory.Allocations);
        Assert.InRange(perStep, 0, 20_000);
    }

    public static TheoryData<string> Optimizers => [.. Makers.Keys];

    private static readonly Dictionary<string, Func<Parameter<float>[], Optimizer<float>>> Makers = new()
    {
        ["SGD"] = parameters => new Sgd<float>(parameters),
        ["Nesterov"] = parameters => new Sgd<float>(parameters, momentum: 0.9, nesterov: true),
        ["Adam"] = parameters => new Adam<float>(parameters),
        ["AdamW"] = parameters => new AdamW<float>(parameters),
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void TheOptimizerAloneAllocatesNothingAtAll(string name)
    {
        Parameter<float>[] parameters = [.. Enumerable.Range(1, 5).Select(n => new Parameter<float>(Tensor.Ones<float>([n, 7])))];
        foreach (Parameter<float> parameter in parameters)
        {
            parameter.SetGradient(Tensor.Ones<float>(parameter.Shape));
        }

        Optimizer<float> optimizer = Makers[name](parameters);
        for (int i = 0; i < 3; i++)
        {
            optimizer.Step();
        }

        long device = Device.Cpu.Memory.Allocations, managed = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Steps; i++)
        {
            optimizer.Step();
        }

        Assert.Equal(managed, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(device, Device.Cpu.Memory.Allocations);
    }

    [Fact]
    public void ClippingAllocatesNothingOnTheDevice()
    {
        Parameter<float>[] parameters = [.. Enumerable.Range(1, 5).Select(n => new Parameter<float>(Tensor.Ones<float>([n, 7])))];
        foreach (Parameter<float> parameter in parameters)
        {
            parameter.SetGradient(Tensor.Ones<float>(parameter.Shape));
        }

        Clip.ByNorm(parameters, 1);
        long device = Device.Cpu.Memory.Allocations;
        for (int i = 0; i < Steps; i++)
        {
            Clip.ByNorm(parameters, 0.5);
            Clip.ByValue(parameters, 0.1);
        }
        Assert.Equal(device, Device.Cpu.Memory.Allocations);
    }
}
