using System.Text.RegularExpressions;

namespace Kernels.Tests.Gpu;

/// <summary>What can be known of the kernels' speed and soundness on an NVIDIA GPU without one.</summary>
public sealed partial class PtxasTests(AssembledKernels kernels, ITestOutputHelper output) : IClassFixture<AssembledKernels>
{
    [Fact]
    public void NoKernelSpillsRegisters() =>
        AssertNone("spill registers", kernels.All.Where(kernel => kernel.Spilled != 0).Select(kernel => $"{kernel.Name}: {kernel.Spilled} bytes"));

    [Fact]
    public void KernelsKeepToTheTableOfLimits()
    {
        KernelLimits limits = Table();
        List<string> wrong = [];
        foreach (AssembledKernels.Kernel kernel in kernels.All)
        {
            output.WriteLine($"{kernel.Name,-90} {kernel.RegistersUsed,3} registers");
            if (limits.For(kernel.Name) is not { } row)
            {
                wrong.Add($"{kernel.Name} ({kernel.RegistersUsed} registers, {kernel.Stack} bytes of stack) has no row, or several that fit equally well");
            }
            else if (kernel.RegistersUsed > row.Registers || kernel.Stack != row.Stack)
            {
                wrong.Add($"{kernel.Name}: {kernel.RegistersUsed} registers (at most {row.Registers}), {kernel.Stack} bytes of stack ({row.Stack}), by the row '{row.Pattern}'");
            }
        }
        wrong.AddRange(limits.Unused(kernels.All.Select(kernel => kernel.Name)).Select(pattern => $"The row '{pattern}' holds for no kernel"));
        Assert.True(wrong.Count == 0, $"src/Kernels/Gpu/kernel-limits.txt:\n{string.Join('\n', wrong)}");
    }

    /// <summary>
    /// 'uni' promises that all threads of a warp branch alike; the assembler then drops what keeps the others apart. ILGPU promises it falsely at optimization
    /// level O2. A jump without a condition is uniform in truth.
    /// </summary>
    [Fact]
    public void NoConditionalBranchIsCalledUniform() =>
        AssertNone("have a conditional branch that is called uniform", kernels.All.Where(kernel => UniformBranch().IsMatch(kernel.Ptx)).Select(kernel => kernel.Name));

    [Theory]
    [InlineData("@%p1 bra.uni L_1;", true)]
    [InlineData("\t@!%p12 bra.uni\tL_1;", true)]
    [InlineData("brx.idx.uni %r1, table;", true)]
    [InlineData("@%p1 bra L_1;\n\tbra.uni L_2;", false)]
    public void UniformBranchesAreRecognized(string ptx, bool isUniform) => Assert.Equal(isUniform, UniformBranch().IsMatch(ptx));

    [Fact]
    public void TheRowWithTheFewestWildcardsHolds()
    {
        var limits = new KernelLimits("# remark\nMap<float, *>  32  0\nMap<*, *>  40  0  # remark\n\nMap<float, Erf>  36  16\nZip<*, Add>  1  0\nZip<float, *>  2  0\n");
        Assert.Equal((36, 16), (limits.For("Map<float, Erf>")!.Registers, limits.For("Map<float, Erf>")!.Stack));
        Assert.Equal(32, limits.For("Map<float, Exp>")!.Registers);
        Assert.Equal(40, limits.For("Map<double, Exp>")!.Registers);
        Assert.Null(limits.For("Zip<float, Add>"));
        Assert.Null(limits.For("Map<float>"));
        Assert.Equal(["Map<*, *>", "Zip<*, Add>", "Zip<float, *>"], limits.Unused(["Map<float, Exp>", "Map<float, Erf>"]));
        Assert.Throws<FormatException>(() => new KernelLimits("Map<float, *>  32"));
    }

    private static void AssertNone(string fault, IEnumerable<string> kernels)
    {
        string list = string.Join('\n', kernels);
        Assert.True(list.Length == 0, $"These kernels {fault}:\n{list}");
    }

    private static KernelLimits Table()
    {
        using Stream stream = typeof(PtxasTests).Assembly.GetManifestResourceStream("kernel-limits.txt")!;
        return new KernelLimits(new StreamReader(stream).ReadToEnd());
    }

    [GeneratedRegex(@"@!?%p\d+\s+bra\.uni|\bbrx\.idx\.uni")]
    private static partial Regex UniformBranch();
}
