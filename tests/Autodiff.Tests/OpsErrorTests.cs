using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>Bad calls are refused with the name of the operation, the values and what to do.</summary>
public class OpsErrorTests
{
    private static readonly Dictionary<string, (Func<Tensor<double>> Call, string[] Expected)> Refusals = new()
    {
        ["Add, shapes"] = (() => Zeros(2, 3) + Zeros(2), ["Add", "[2, 3]", "[2]", "broadcast"]),
        ["Where, shapes"] = (() => Zeros(2, 3).Where(Zeros(3), Zeros(2)), ["Where", "[2, 3]", "[2]"]),
        ["MatMul, inner"] = (() => Zeros(2, 3).MatMul(Zeros(2, 3)), ["MatMul", "3 != 2", "right.Transpose()"]),
        ["MatMul, rank"] = (() => Zeros(3).MatMul(Zeros(3, 2)), ["MatMul", "[3]", "two axes"]),
        ["MatMul, batches"] = (() => Zeros(2, 2, 2).MatMul(Zeros(3, 2, 2)), ["MatMul", "batches", "[2]", "[3]"]),
        ["Sum, no such axis"] = (() => Zeros(2, 3).Sum([2]), ["[2, 3]", "no axis 2"]),
        ["Sum, of a scalar"] = (() => Zeros().Sum([0]), ["[]", "no axis 0"]),
        ["Sum, twice"] = (() => Zeros(2, 3).Sum([1, -1]), ["Sum", "[1, -1]", "axis 1", "twice"]),
        ["Mean, twice"] = (() => Zeros(2, 3).Mean([0, 0]), ["Mean", "twice"]),
        ["Max, twice"] = (() => Zeros(2, 3).Max([0, 0]), ["Max", "twice"]),
        ["Variance, twice"] = (() => Zeros(2, 3).Variance([0, 0]), ["twice"]),
        ["Max, of nothing"] = (() => Zeros(0).Max(), ["Max", "[0]", "no elements"]),
        ["Min, of nothing"] = (() => Zeros(2, 0).Min([1]), ["Min", "[2, 0]", "[1]"]),
        ["Softmax, of a scalar"] = (() => Zeros().Softmax(), ["[]", "no axis -1"]),
        ["LogSoftmax, no such axis"] = (() => Zeros(2).LogSoftmax(1), ["[2]", "no axis 1"]),
        ["Conv2d, rank"] = (() => Zeros(3, 8, 8).Conv2d(Zeros(4, 3, 3, 3)), ["Conv2d", "[3, 8, 8]", "[images, channels, rows, columns]", "Unsqueeze"]),
        ["Conv2d, channels"] = (() => Zeros(1, 3, 8, 8).Conv2d(Zeros(4, 2, 3, 3)), ["Conv2d", "[1, 3, 8, 8]", "3 channels", "[4, 2, 3, 3]", "2 in all"]),
        ["Conv2d, weight"] = (() => Zeros(1, 3, 8, 8).Conv2d(Zeros(4, 3, 0, 3)), ["Conv2d", "[4, 3, 0, 3]", "with elements"]),
        ["Conv2d, bias"] = (() => Zeros(1, 3, 8, 8).Conv2d(Zeros(4, 3, 3, 3), Zeros(3)), ["Conv2d", "bias", "[3]", "[4]"]),
        ["Conv2d, groups"] = (() => Zeros(1, 4, 8, 8).Conv2d(Zeros(5, 2, 3, 3), groups: 2), ["Conv2d", "2 groups", "5 outputs"]),
        ["Conv2d, window"] = (() => Zeros(1, 1, 8, 4).Conv2d(Zeros(1, 1, 3, 3), dilation: 3, padding: 1), ["Conv2d", "covers 7", "axis 3", "[1, 1, 8, 4]", "6 with the padding"]),
        ["Conv2d, stride"] = (() => Zeros(1, 1, 8, 8).Conv2d(Zeros(1, 1, 3, 3), stride: (1, 0)), ["Conv2d", "moves by 0", "at least 1"]),
        ["Conv1d, rank"] = (() => Zeros(1, 3, 8, 8).Conv1d(Zeros(4, 3, 3)), ["Conv1d", "[1, 3, 8, 8]", "[images, channels, length]"]),
        ["MaxPool2d, padding"] = (() => Zeros(1, 1, 8, 8).MaxPool2d(3, padding: 2), ["MaxPool2d", "padding 2 x 2", "half", "3 x 3"]),
        ["MaxPool2d, rank"] = (() => Zeros(8, 8).MaxPool2d(3), ["MaxPool2d", "[8, 8]"]),
        ["MaxPool1d, window"] = (() => Zeros(1, 1, 3).MaxPool1d(5), ["MaxPool1d", "covers 5", "[1, 1, 1, 3]"]),
        ["AveragePool2d, nothing"] = (() => Zeros(1, 1, 0, 3).AveragePool2d(2, padding: 1), ["AveragePool2d", "[1, 1, 0, 3]", "nothing"]),
        ["AveragePool1d, size"] = (() => Zeros(1, 1, 3).AveragePool1d(0), ["AveragePool1d", "0 elements"]),
        ["LayerNorm, shape"] = (() => Zeros(2, 3).LayerNorm([2]), ["LayerNorm", "[2, 3]", "[2]"]),
        ["LayerNorm, weight"] = (() => Zeros(2, 3).LayerNorm([3], Zeros(2)), ["LayerNorm", "weight", "[2]", "[3]"]),
        ["LayerNorm, nothing"] = (() => Zeros(2, 3).LayerNorm([]), ["LayerNorm", "nothing", "[]"]),
        ["Clip, crossed"] = (() => Zeros(2).Clip(1, -1), ["Clip", "1 and -1"]),
        ["Clip, NaN"] = (() => Zeros(2).Clip(double.NaN, 1), ["Clip", "NaN"]),
        ["Reshape, count"] = (() => Zeros(2, 3).Reshape([4]), ["Reshape", "[2, 3]", "6", "[4]", "4"]),
        ["Permute, twice"] = (() => Zeros(2, 3).Permute(0, 0), ["Permute", "[0, 0]", "twice"]),
        ["Permute, too few"] = (() => Zeros(2, 3).Permute(0), ["Permute", "[2, 3]", "names 1"]),
        ["Transpose, rank"] = (() => Zeros(3).Transpose(), ["Transpose", "[3]", "Reshape"]),
        ["BroadcastTo, shapes"] = (() => Zeros(2, 3).BroadcastTo([3, 2]), ["[2, 3]", "[3, 2]", "broadcast"]),
        ["BroadcastTo, smaller"] = (() => Zeros(2, 3).BroadcastTo([3]), ["[2, 3]", "[3]", "broadcast"]),
        ["Slice, too far"] = (() => Zeros(2, 3).Slice(1, 1, 3), ["Slice", "3 elements from 1", "axis 1", "[2, 3]"]),
        ["Slice, negative"] = (() => Zeros(3).Slice(0, -1, 1), ["Slice", "-1"]),
        ["Slice, step"] = (() => Zeros(3).Slice(0, 0, 1, 0), ["Slice", "step", "0"]),
        ["Slice, range"] = (() => Zeros(3)[2..5], ["Slice", "2..5", "axis 0", "3 elements"]),
        ["Slice, ranges"] = (() => Zeros(3)[.., ..], ["Slice", "2 ranges", "[3]"]),
        ["Select, too far"] = (() => Zeros(2, 3).Select(0, 2), ["Slice", "axis 0", "[2, 3]"]),
        ["Pad, pairs"] = (() => Zeros(2, 3).Pad([(1, 1)]), ["Pad", "1 pairs", "[2, 3]", "2 axes"]),
        ["Pad, negative"] = (() => Zeros(3).Pad([(-1, 0)]), ["Pad", "(-1, 0)", "Slice"]),
        ["Concatenate, nothing"] = (() => Ops.Concatenate<double>([]), ["Concatenate", "no tensor"]),
        ["Concatenate, shapes"] = (() => Ops.Concatenate([Zeros(2, 3), Zeros(3, 3)], 1), ["Concatenate", "tensor 1", "[3, 3]", "[2, 3]", "axis 1"]),
        ["Concatenate, rank"] = (() => Ops.Concatenate([Zeros(2, 3), Zeros(2)]), ["Concatenate", "tensor 1", "[2]"]),
        ["Stack, nothing"] = (() => Ops.Stack<double>([]), ["Stack", "no tensor"]),
        ["Stack, shapes"] = (() => Ops.Stack([Zeros(2), Zeros(3)]), ["Stack", "tensor 1", "[3]", "[2]"]),
        ["Squeeze, size"] = (() => Zeros(2, 3).Squeeze(1), ["Squeeze", "axis 1", "[2, 3]", "size 3"]),
        ["Unsqueeze, place"] = (() => Zeros(2, 3).Unsqueeze(4), ["Unsqueeze", "[2, 3]", "3 axes", "no place 4"]),
        ["Flatten, order"] = (() => Zeros(2, 3).Flatten(1, 0), ["Flatten", "[2, 3]", "before"]),
        ["CumulativeSum, of a scalar"] = (() => Zeros().CumulativeSum(0), ["[]", "no axis 0"]),
        ["Gather, index"] = (() => Zeros(2, 3).Gather(new Indices([0, 3], [2, 1]), 1), ["Gather", "index 3", "axis 1", "[2, 3]", "0 to 2"]),
        ["Gather, negative"] = (() => Zeros(2, 3).Gather(new Indices([0, -1], [2, 1]), 1), ["Gather", "index -1", "0 to 2"]),
        ["Gather, rank"] = (() => Zeros(2, 3).Gather(new Indices(0), 1), ["Gather", "[1]", "[2, 3]", "IndexSelect"]),
        ["Gather, other axis"] = (() => Zeros(2, 3).Gather(new Indices([0, 0, 0], [3, 1]), 1), ["Gather", "[3, 1]", "axis 0"]),
        ["ScatterAdd, shapes"] = (() => Zeros(2, 3).ScatterAdd(new Indices([0], [1, 1]), Zeros(1, 2), 0), ["ScatterAdd", "[1, 1]", "[1, 2]"]),
        ["ScatterAdd, index"] = (() => Zeros(2, 3).ScatterAdd(new Indices([2], [1, 1]), Zeros(1, 1), 0), ["ScatterAdd", "index 2", "axis 0", "0 to 1"]),
        ["IndexSelect, index"] = (() => Zeros(0, 3).IndexSelect(new Indices(0)), ["IndexSelect", "index 0", "takes none"]),
        ["IndexSelect, rank"] = (() => Zeros(2, 3).IndexSelect(new Indices([0], [1, 1])), ["IndexSelect", "[1, 1]", "Gather"]),
        ["Dropout, probability"] = (() => Zeros(3).Dropout(1.5, new Generator(1)), ["Dropout", "1.5", "0 to 1"]),
        ["Uniform, interval"] = (() => new Generator(1).Uniform<double>([2], 1, 1), ["Uniform", "[1, 1)"]),
        ["Normal, deviation"] = (() => new Generator(1).Normal<double>([2], 0, -1), ["Normal", "-1"]),
        ["Item, of many"] = (() => Tensor.Scalar(Zeros(2).Item()), ["Item", "[2]"]),
        ["Create, count"] = (() => Tensor.Create([1.0, 2], [3]), ["Create", "[3]", "2 values"]),
    };

    public static TheoryData<string> Cases => [.. Refusals.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsRefusedWithAClearMessage(string name)
    {
        (Func<Tensor<double>> call, string[] expected) = Refusals[name];
        Exception exception = Assert.ThrowsAny<Exception>(call);
        Assert.True(exception is ArgumentException or InvalidOperationException, exception.ToString());
        Assert.All(expected, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void IndicesRefuseACountThatIsNotTheShapes() =>
        Assert.Contains("3 values", Assert.Throws<ArgumentException>(() => new Indices([1, 2, 3], [2, 2])).Message, StringComparison.Ordinal);

    [Fact]
    public void AGeneratorRefusesAnOffsetInsideABlock() =>
        Assert.Contains("multiple of 4", Assert.Throws<ArgumentOutOfRangeException>(() => new Generator(1, 3)).Message, StringComparison.Ordinal);

    private static Tensor<double> Zeros(params int[] sizes) => Tensor.Zeros<double>(new Shape(sizes));
}
