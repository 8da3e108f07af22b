using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The drivers' libraries, under the names that ILGPU gives them, for its functions and for those that it lacks.</summary>
internal static class GpuDrivers
{
    /// <summary>CUDA's driver.</summary>
    public const string Cuda = "cuda";

    /// <summary>OpenCL's loader.</summary>
    public const string OpenCL = "OpenCL";

    static GpuDrivers()
    {
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(GpuDrivers).Assembly, Resolve);
    }

    /// <summary>Makes the libraries be found; before anything of ILGPU is used.</summary>
    public static void Register()
    {
        // The static constructor has done it, once.
    }

    /// <summary>libcuda.so and libOpenCL.so are names that only development packages install.</summary>
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        string? versioned = (name, OperatingSystem.IsWindows()) switch
        {
            (Cuda, true) => "nvcuda",
            (Cuda, false) => "libcuda.so.1",
            (OpenCL, false) => "libOpenCL.so.1",
            _ => null,
        };
        return versioned is not null && NativeLibrary.TryLoad(versioned, out nint handle) ? handle : 0;
    }
}
