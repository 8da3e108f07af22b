using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Autodiff.Kernels;

/// <summary>A device that runs the kernels through ILGPU: a CUDA or OpenCL device, or the emulator of one.</summary>
/// <remarks>
/// The context and the accelerator are made when first used. All work goes to one stream in the order of the calls, from whatever thread they come;
/// memory may therefore be given back to the pool as soon as the last kernel that uses it has been started.
/// </remarks>
internal sealed partial class GpuDevice : Device
{
    private readonly Lock _lock = new();
    private readonly Func<Session> _start;
    private readonly Lazy<Session> _session;
    private Delegate?[] _launchers = [];
    private Exception? _failure;

    /// <summary>A device whose accelerator is made when first used.</summary>
    /// <param name="kind">What runs the kernels.</param>
    /// <param name="name">The device's own name.</param>
    /// <param name="start">Makes the context and the accelerator.</param>
    public GpuDevice(DeviceKind kind, string name, Func<Session> start)
        : base(kind, name)
    {
        _start = start;
        _session = new Lazy<Session>(() => Start(start));
    }

    /// <summary>The same device with memory and a context of its own, its launches cut otherwise.</summary>
    public GpuDevice With(LaunchProfile profile) => new(Kind, Name, () => _start() with { Profile = profile });

    /// <summary>How launches are cut for this device.</summary>
    public LaunchProfile Profile => _session.Value.Profile;

    /// <inheritdoc/>
    private protected override string? TensorCoresMissing => _session.Value.Accelerator is not CudaAccelerator cuda ? base.TensorCoresMissing
        : cuda.Architecture < CudaArchitecture.SM_80 ? $"{Name} has {cuda.Architecture.Major}.{cuda.Architecture.Minor}"
        : null;

    /// <inheritdoc/>
    internal override bool PaysForLaunches => true;

    private protected override Block AllocateBlock(long bytes)
    {
        lock (_lock)
        {
            try
            {
                return new GpuBlock(Ready.Accelerator.Allocate1D<byte>(bytes), bytes);
            }
            catch (Exception e) when (IsOutOfMemory(e))
            {
                throw new OutOfMemoryException($"{Name} has no {bytes} bytes left.", e);
            }
            catch (Exception e) when (IsOfDevice(e))
            {
                throw Lost(e);
            }
        }
    }

    /// <summary>The session, unless an earlier failure has made it unusable.</summary>
    private Session Ready => _failure is null ? _session.Value : throw Lost(_failure);

    /// <summary>The elements of a storage as a kernel argument.</summary>
    private ArrayView<T> Elements<T>(Storage<T> storage)
        where T : unmanaged =>
        storage.Device == this
            ? ((GpuBlock)storage.Block).Elements<T>(storage.Length)
            : throw new ArgumentException($"A tensor lies on {storage.Device.Name}, the kernel runs on {Name}; move the tensor there first.");

    private ArrayView<T> Elements<T>(View<T> view)
        where T : unmanaged => Elements(view.Storage);

    /// <summary>A one-dimensional launch over a number of elements.</summary>
    private KernelConfig Over(uint count) =>
        new((int)Math.Min((count + Profile.GroupSize - 1) / Profile.GroupSize, Profile.MaxGroups), Profile.GroupSize);

    /// <summary>A one-dimensional launch in which each thread takes four elements at a time.</summary>
    private KernelConfig OverFours(in Fours fours) => Over((fours.Walk.Count + 3) / 4);

    private Delegate? Launcher<TKernel>() => KernelNumber<TKernel>.Value < _launchers.Length ? _launchers[KernelNumber<TKernel>.Value] : null;

    private TLauncher Keep<TKernel, TLauncher>(Func<Accelerator, TLauncher> load)
        where TLauncher : Delegate
    {
        int number = KernelNumber<TKernel>.Value;
        if (number >= _launchers.Length)
        {
            Array.Resize(ref _launchers, Math.Max(64, 2 * number));
        }

        Session session = Ready;
        try
        {
            TLauncher launcher = load(session.Accelerator);
            _launchers[number] = launcher;
            return launcher;
        }
        catch (Exception e) when (!IsOutOfMemory(e))
        {
            // ILGPU's context cannot compile anything after a failure, so that the first one is what must be reported.
            _failure = new DeviceException($"{Name} could not compile the kernel {typeof(TKernel)}: {Innermost(e).Message}", e);
            throw _failure;
        }
    }

    private Session Start(Func<Session> start)
    {
        try
        {
            return start();
        }
        catch (Exception e) when (IsOfDevice(e))
        {
            throw Lost(e);
        }
    }

    private void Try(Action<Session> action)
    {
        try
        {
            action(Ready);
        }
        catch (Exception e) when (IsOfDevice(e))
        {
            throw Lost(e);
        }
    }

    private DeviceException Lost(Exception e)
    {
        if (e is DeviceException known)
        {
            return known;
        }

        var failure = new DeviceException(
            $"{Name} failed: {e.Message}{(e.Message.EndsWith('.') ? "" : ".")} Tensors on it are lost. {GpuFailure.Advice((e as CudaException)?.Error ?? (e as CLException)?.Error.ToString())} AUTODIFF_DEVICE=cpu runs without it.", e);
        _failure = failure;
        return failure;
    }

    private static Exception Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return e;
    }

    private static bool IsOfDevice(Exception e) => e is AcceleratorException;

    private static bool IsOutOfMemory(Exception e) => e switch
    {
        OutOfMemoryException => true,
        CudaException cuda => cuda.Error == nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY),
        CLException cl => cl.Error is CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_RESOURCES or CLError.CL_OUT_OF_HOST_MEMORY or CLError.CL_INVALID_BUFFER_SIZE,
        _ => false,
    };

    /// <summary>An accelerator with its context and stream.</summary>
    internal sealed record Session(Context Context, Accelerator Accelerator, AcceleratorStream Stream, LaunchProfile Profile);

    private static int _kernels = -1;

    private static class KernelNumber<TKernel>
    {
        public static readonly int Value = Interlocked.Increment(ref _kernels);
    }
}
