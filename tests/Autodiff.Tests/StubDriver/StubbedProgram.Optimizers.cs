using Autodiff.Kernels;

namespace Autodiff.Tests.StubDriver;

/// <summary>Optimizers on a network with many parameters.</summary>
internal static partial class StubbedProgram
{
    private const int Layers = 20;

    private static void RunManyParameters()
    {
        Device device = Device.Cuda();
        string[] Kernels(long first) => KernelsSince(device, first);
        (string Name, Func<IEnumerable<Parameter<float>>, Optimizer<float>> Make)[] optimizers =
        [
            ("SGD", parameters => new Sgd<float>(parameters, 0.1)),
            ("SGD with momentum", parameters => new Sgd<float>(parameters, 0.1, momentum: 0.9, nesterov: true, weightDecay: 1e-4)),
            ("Adam", parameters => new Adam<float>(parameters)),
        ];
        foreach ((string name, Func<IEnumerable<Parameter<float>>, Optimizer<float>> make) in optimizers)
        {
            Sequential<float> network =
                [.. Enumerable.Range(0, Layers).Select(layer => new Linear<float>(8 + layer, 9 + layer, new Generator((ulong)layer), device: device))];
            Optimizer<float> optimizer = make(network.Parameters);
            Tensor<float> x = Tensor.Zeros<float>([16, 8], device), y = Tensor.Zeros<float>([16, 8 + Layers], device);
            Tensor<float> MakeStep(Tape tape)
            {
                Tensor<float> error = Loss.MeanSquaredError(network.Forward(x), y);
                optimizer.ZeroGradient();
                tape.Backward(error);
                optimizer.Step();
                return error;
            }

            Measure(Kernels, $"training step of 40 parameters, {name}", () =>
            {
                using var tape = new Tape();
                MakeStep(tape);
            });
            Measure(Kernels, $"step of 40 parameters, {name}", optimizer.Step);
            using CapturedStep<float> captured = Autodiff.Step.Capture(MakeStep);
            Measure(Kernels, $"captured training step of 40 parameters, {name}", () => captured.Run());
        }

        RunDevicesStep(device);
    }

    /// <summary>The optimizer's kernel as such, whose numbers no optimizer renews.</summary>
    private static void RunDevicesStep(Device device)
    {
        Parameter<float>[] parameters = [.. Enumerable.Range(0, 40).Select(_ => new Parameter<float>(Tensor.Zeros<float>([5], device)))];
        Tensor<float> gradient = Tensor.Zeros<float>([5], device);
        using CapturedStep<float> captured = Autodiff.Step.Capture(_ =>
        {
            Tensor<float> x = (gradient + gradient).Exp().Sum();
            device.Sgd<float>([.. parameters.Select(parameter => new SgdParameter<float>(parameter.View, gradient.View, default))], new SgdStep(0.1, 0, false, 0));
            return (x + x).Exp();
        });
        Measure(first => KernelsSince(device, first), "captured kernels with an optimizer's between them", () => captured.Run());
    }
}
