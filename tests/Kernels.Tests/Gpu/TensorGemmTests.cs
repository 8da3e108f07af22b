using System.Reflection;
using System.Text.RegularExpressions;
using Autodiff.Kernels;
using Autodiff.Kernels.Elementwise;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Xunit;
using Device = Autodiff.Kernels.Device;

namespace Kernels.Tests.Gpu;

/// <summary>Matrix products on tensor cores, as far as they can be seen without any: the numbers they are given, and the code.</summary>
public class TensorGemmTests
{
    [Fact]
    public void SplittingLosesLessThanAMillionth()
    {
        var random = new Random(30);
        for (int i = 0; i < 100_000; i++)
        {
            float x = (float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-80, 80)));
            float high = TensorGemm.High(x), low = TensorGemm.Low(x), rounded = TensorGemm.Round(x);
            Assert.True(IsTf32(high) && IsTf32(low) && IsTf32(rounded), $"{x:R} became {high:R}, {low:R} and {rounded:R}");
            Assert.True(Math.Abs((double)high + low - x) <= Math.Abs(x) * Math.Pow(2, -21), $"{x:R} became {high:R} + {low:R}");
            Assert.True(Math.Abs((double)rounded - x) <= Math.Abs(x) * Math.Pow(2, -11), $"{x:R} became {rounded:R}");
        }
        foreach (float x in (float[])[0, float.NaN, BitConverter.UInt32BitsToSingle(0x7fffffff), float.PositiveInfinity, float.NegativeInfinity])
        {
            Assert.Equal(x, TensorGemm.Round(x));
        }

        static bool IsTf32(float x) => (BitConverter.SingleToUInt32Bits(x) & 0x1fff) == 0;
    }

    [Theory]
    [InlineData(360, -1)]
    [InlineData(8192, -1)]
    [InlineData(8192, 0)]
    [InlineData(23589, 0)]
    public void SumsOfSplitNumbersAreAboutAsExactAsFloat(int depth, double low)
    {
        // As a warp takes them: eight summands at a time, each of three products after the other, cut to a float as tensor cores do, then added with rounding.
        double worst = 0, size = 0;
        for (int trial = 0; trial < 20; trial++)
        {
            float[] a = Arrays.Random<float>(depth, 31 + trial, low, 1), b = Arrays.Random<float>(depth, 61 + trial, low, 1);
            double exact = 0;
            float sum = 0;
            for (int k = 0; k < depth; k += 8)
            {
                float step = 0;
                foreach ((Func<float, float> left, Func<float, float> right) in ((Func<float, float>, Func<float, float>)[])
                    [(TensorGemm.Low, TensorGemm.High), (TensorGemm.High, TensorGemm.Low), (TensorGemm.High, TensorGemm.High)])
                {
                    double products = step;
                    for (int i = k; i < Math.Min(k + 8, depth); i++)
                    {
                        products += (double)left(a[i]) * right(b[i]);
                    }

                    step = Cut(products);
                }
                sum += step;
            }
            for (int k = 0; k < depth; k++)
            {
                exact += (double)a[k] * b[k];
            }

            worst = Math.Max(worst, Math.Abs(sum - exact));
            size = Math.Max(size, Math.Abs(exact));
        }
        Assert.InRange(worst / size, 0, 1e-5);

        static float Cut(double x)
        {
            float nearest = (float)x;
            return Math.Abs((double)nearest) > Math.Abs(x) ? MathF.BitIncrement(-MathF.Abs(nearest)) * -MathF.Sign(nearest) : nearest;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void KernelsAreMadeOfTensorInstructionsAndRegisters(bool isSplit)
    {
        using Context context = Context.Create(builder => GpuDiscovery.Configure(builder));
        Type precision = isSplit ? typeof(SplitTf32) : typeof(RoundedTf32);
        foreach (Type left in (Type[])[typeof(SummedMajor), typeof(KeptMajor)])
        {
            foreach (Type right in (Type[])[typeof(SummedMajor), typeof(KeptMajor)])
            {
                foreach (Type epilogue in (Type[])[typeof(StoreProduct<float>), typeof(StoreAdamStep<float>), typeof(StoreCombined<float, Add<float>>)])
                {
                    Type kernel = typeof(TensorGemmKernel<,,,>).MakeGenericType(precision, left, right, epilogue);
                    EntryPointDescription entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!);
                    using var backend = new PTXBackend(context, new CudaCapabilityContext(CudaArchitecture.SM_80), CudaArchitecture.SM_80, CudaInstructionSet.ISA_78, null);
                    string text = ((PTXCompiledKernel)backend.Compile(entry, default)).PTXAssembly;
                    Assert.Equal(isSplit ? 48 : 16, Regex.Count(text, "mma.sync.aligned.m16n8k8"));
                    Assert.Single(Regex.Matches(text, @"\.shared \.align \d+ \.b8 __shared_alloca0\["));
                    Assert.DoesNotContain(".local", text, StringComparison.Ordinal);
                    Assert.DoesNotMatch(@"@!?%p\d+ bra\.uni", text);
                }
            }
        }
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("emulator")]
    public void DevicesWithoutTensorCoresRefuse(string name)
    {
        Device device = Device.Parse(name);
        var error = Assert.Throws<NotSupportedException>(() => { device.MatMulPrecision = MatMulPrecision.ThreeTf32; });
        Assert.Contains("ThreeTf32 needs an NVIDIA GPU of compute capability 8.0", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => { device.MatMulPrecision = (MatMulPrecision)7; });
        device.MatMulPrecision = MatMulPrecision.Full;
        Assert.Equal(MatMulPrecision.Full, device.MatMulPrecision);
    }

    [Theory, MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void ProductsOnTensorCoresAgreeToThePrecision(string name)
    {
        Device device = Device.Parse(name);
        Assert.SkipUnless(device.Kind == DeviceKind.Cuda, $"{device.Name} has no tensor cores.");
        try
        {
            foreach ((MatMulPrecision precision, double tolerance) in ((MatMulPrecision, double)[])[(MatMulPrecision.ThreeTf32, 1e-5), (MatMulPrecision.Tf32, 2e-3)])
            {
                device.MatMulPrecision = precision;
                foreach ((int rows, int columns, int depth) in ((int, int, int)[])[(1, 1, 1), (130, 100, 77), (256, 128, 1000), (64, 300, 5000)])
                {
                    foreach (bool transposed in (bool[])[false, true])
                    {
                        float[] left = Arrays.Random<float>(rows * depth, 41, -1, 1), right = Arrays.Random<float>(depth * columns, 42, -1, 1);
                        Layout a = transposed ? new Layout([depth, rows]).Permute([1, 0]) : new Layout([rows, depth]);
                        Layout b = transposed ? new Layout([columns, depth]).Permute([1, 0]) : new Layout([depth, columns]);
                        View<float> expected = Device.Cpu.View([rows, columns], new float[rows * columns]), actual = device.View([rows, columns], new float[rows * columns]);
                        Device.Cpu.MatMul(Device.Cpu.View(a, left), Device.Cpu.View(b, right), expected);
                        device.MatMul(device.View(a, left), device.View(b, right), actual);
                        Arrays.AssertClose(expected.Storage(), actual.Storage(), tolerance * Math.Sqrt(depth));
                    }
                }
            }
        }
        finally
        {
            device.MatMulPrecision = MatMulPrecision.Full;
        }
    }
}
