using Xunit;

namespace Autodiff.Tests;

/// <summary>Networks and optimizers in files: by name, all or nothing.</summary>
public sealed class PersistenceModuleTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"autodiff-{Path.GetRandomFileName()}.safetensors");

    public void Dispose() => File.Delete(_path);

    private static Sequential<T> Network<T>(ulong seed, int hidden = 3)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Generator generator = new(seed);
        return new(("hidden", new Linear<T>(4, hidden, generator)), ("relu", new Relu<T>()), ("readout", new Linear<T>(hidden, 2, generator)));
    }

    private static T[] Values<T>(Module<T> network)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => [.. network.Parameters.SelectMany(parameter => parameter.ToArray())];

    [Fact]
    public void ALoadedNetworkIsTheSavedOne()
    {
        Sequential<float> saved = Network<float>(1), loaded = Network<float>(2);
        saved.Save(_path);
        Assert.Equal(["hidden.bias", "hidden.weight", "readout.bias", "readout.weight"], SafeTensors.Load(_path).Names.Order(StringComparer.Ordinal));
        int version = loaded.Parameters[0].Version;
        loaded.Load(_path);
        Assert.Equal(Values(saved), Values(loaded));
        Assert.Equal(version + 1, loaded.Parameters[0].Version);
    }

    [Fact]
    public void PrecisionIsConverted()
    {
        Sequential<float> single = Network<float>(1);
        Sequential<double> wide = Network<double>(2);
        single.Save(_path);
        wide.Load(_path);
        Assert.Equal(Values(single).Select(value => (double)value), Values(wide));
    }

    [Fact]
    public void EverythingThatDoesNotFitIsListedAndNothingIsChanged()
    {
        Sequential<float> network = Network<float>(1);
        float[] before = Values(network);
        SafeTensors file = new();
        file.Add("hidden.weight", Tensor.Zeros<float>([4, 3]));
        file.Add("hidden.bias", Tensor.Zeros<float>([3]));
        file.Add("output.weight", Tensor.Zeros<float>([2, 3]));
        file.Save(_path);
        string message = Assert.Throws<InvalidDataException>(() => network.Load(_path)).Message;
        Assert.Contains("missing: readout.weight, readout.bias", message);
        Assert.Contains("unexpected: output.weight", message);
        Assert.Contains("hidden.weight (file [4, 3], network [3, 4])", message);
        Assert.Equal(before, Values(network));
        Assert.Throws<InvalidDataException>(() => network.Restore(file, strict: false));
        Assert.Equal(before, Values(network));
    }

    [Fact]
    public void APartOfANetworkCanBeReused()
    {
        Sequential<float> network = Network<float>(1);
        float[] before = Values(network);
        SafeTensors file = new();
        file.Add("old.hidden.weight", Tensor.Ones<float>([3, 4]));
        file.Add("old.other", Tensor.Ones<float>([7]));
        network.Restore(file, "old.", strict: false);
        Assert.All(network.Parameters[0].ToArray(), value => Assert.Equal(1, value));
        Assert.Equal(before[12..], Values(network)[12..]);
    }

    [Fact]
    public void TheStateOfAnotherOptimizerIsRefusedAndNothingIsChanged()
    {
        Sequential<float> network = Network<float>(1), other = Network<float>(1, hidden: 5);
        Adam<float> adam = Stepped(new Adam<float>(network.Parameters), network);
        adam.Save(_path);

        string message = Assert.Throws<InvalidDataException>(() => new Adam<float>(other.Parameters).Load(_path)).Message;
        Assert.Contains("'hidden.weight.firstMoment' has shape [3, 4], the parameter [5, 4]", message);
        Assert.Contains("not known", Assert.Throws<InvalidDataException>(() => new Sgd<float>(network.Parameters).Load(_path)).Message);
        Assert.Contains("velocity", Assert.Throws<InvalidDataException>(() => new Sgd<float>(network.Parameters, momentum: 0.9).Load(_path)).Message);
        var two = new Adam<float>([new ParameterGroup<float>(network[0].Parameters), new ParameterGroup<float>(network[2].Parameters)]);
        Assert.Contains("group1", Assert.Throws<InvalidDataException>(() => two.Load(_path)).Message);
        two.Save(_path);
        Assert.Contains("more than the 1", Assert.Throws<InvalidDataException>(() => adam.Load(_path)).Message);
        Assert.Equal(1, adam.StateOf(network.Parameters[0])!.Step);

        SafeTensors file = new();
        adam.Store(file);
        file.Metadata["hidden.weight.step"] = "-3";
        Assert.Contains("'-3'", Assert.Throws<InvalidDataException>(() => adam.Restore(file)).Message);
        file.Metadata["hidden.weight.step"] = "1";
        file.Metadata["group0.learningRate"] = "NaN";
        Assert.Contains("'NaN'", Assert.Throws<InvalidDataException>(() => adam.Restore(file)).Message);
    }

    [Fact]
    public void ParametersOfOneNameAreToldApart()
    {
        Sequential<float> a = Network<float>(1), b = Network<float>(2);
        Adam<float> optimizer = Stepped(new Adam<float>([.. a.Parameters, .. b.Parameters]), b);
        optimizer.Save(_path);
        Assert.Contains("hidden.weight#2.firstMoment", SafeTensors.Load(_path).Names);
        Assert.DoesNotContain("hidden.weight.firstMoment", SafeTensors.Load(_path).Names);
        var loaded = new Adam<float>([.. a.Parameters, .. b.Parameters]);
        loaded.Load(_path);
        Assert.Null(loaded.StateOf(a.Parameters[0]));
        Assert.Equal(optimizer.StateOf(b.Parameters[0])!.Buffers[1].ToArray(), loaded.StateOf(b.Parameters[0])!.Buffers[1].ToArray());
        Assert.All(loaded.StateOf(b.Parameters[0])!.Buffers[1].ToArray(), value => Assert.NotEqual(0, value));
    }

    private static Adam<float> Stepped(Adam<float> optimizer, Module<float> network)
    {
        foreach (Parameter<float> parameter in network.Parameters)
        {
            parameter.SetGradient(Tensor.Ones<float>(parameter.Shape));
        }

        optimizer.Step();
        return optimizer;
    }
}
