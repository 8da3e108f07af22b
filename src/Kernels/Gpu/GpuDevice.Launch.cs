using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    // One overload per number of arguments: ILGPU's launchers are delegates of exact types, and boxing the arguments would cost an allocation per launch.
    // The compiled kernel is loaded when first launched, hence in the order of the program, which lets the driver's cache of compiled kernels hit.

    private void Launch<TKernel, T1, T2>(TKernel _, KernelConfig config, T1 a, T2 b)
        where TKernel : struct, IKernel<T1, T2>
        where T1 : struct
        where T2 : struct
    {
        lock (_lock)
        {
            try
            {
                var launch = (Action<AcceleratorStream, KernelConfig, T1, T2>?)Launcher<TKernel>();
                launch ??= Keep<TKernel, Action<AcceleratorStream, KernelConfig, T1, T2>>(accelerator => accelerator.LoadKernel<T1, T2>(TKernel.Run, Bounds<TKernel>()));
                launch(Ready.Stream, config, a, b);
            }
            catch (Exception failure) when (IsOfDevice(failure))
            {
                throw Lost(failure);
            }
        }
    }

    private void Launch<TKernel, T1, T2, T3>(TKernel _, KernelConfig config, T1 a, T2 b, T3 c)
        where TKernel : struct, IKernel<T1, T2, T3>
        where T1 : struct
        where T2 : struct
        where T3 : struct
    {
        lock (_lock)
        {
            try
            {
                var launch = (Action<AcceleratorStream, KernelConfig, T1, T2, T3>?)Launcher<TKernel>();
                launch ??= Keep<TKernel, Action<AcceleratorStream, KernelConfig, T1, T2, T3>>(accelerator => accelerator.LoadKernel<T1, T2, T3>(TKernel.Run, Bounds<TKernel>()));
                launch(Ready.Stream, config, a, b, c);
            }
            catch (Exception failure) when (IsOfDevice(failure))
            {
                throw Lost(failure);
            }
        }
    }

    private void Launch<TKernel, T1, T2, T3, T4>(TKernel _, KernelConfig config, T1 a, T2 b, T3 c, T4 d)
        where TKernel : struct, IKernel<T1, T2, T3, T4>
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
    {
        lock (_lock)
        {
            try
            {
                var launch = (Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4>?)Launcher<TKernel>();
                launch ??= Keep<TKernel, Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4>>(accelerator => accelerator.LoadKernel<T1, T2, T3, T4>(TKernel.Run, Bounds<TKernel>()));
                launch(Ready.Stream, config, a, b, c, d);
            }
            catch (Exception failure) when (IsOfDevice(failure))
            {
                throw Lost(failure);
            }
        }
    }

    internal void Launch<TKernel, T1, T2, T3, T4, T5>(TKernel _, KernelConfig config, T1 a, T2 b, T3 c, T4 d, T5 e)
        where TKernel : struct, IKernel<T1, T2, T3, T4, T5>
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
    {
        lock (_lock)
        {
            try
            {
                var launch = (Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5>?)Launcher<TKernel>();
                launch ??= Keep<TKernel, Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5>>(accelerator => accelerator.LoadKernel<T1, T2, T3, T4, T5>(TKernel.Run, Bounds<TKernel>()));
                launch(Ready.Stream, config, a, b, c, d, e);
            }
            catch (Exception failure) when (IsOfDevice(failure))
            {
                throw Lost(failure);
            }
        }
    }

    internal void Launch<TKernel, T1, T2, T3, T4, T5, T6>(TKernel _, KernelConfig config, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f)
        where TKernel : struct, IKernel<T1, T2, T3, T4, T5, T6>
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
    {
        lock (_lock)
        {
            try
            {
                var launch = (Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6>?)Launcher<TKernel>();
                launch ??= Keep<TKernel, Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6>>(accelerator => accelerator.LoadKernel<T1, T2, T3, T4, T5, T6>(TKernel.Run, Bounds<TKernel>()));
                launch(Ready.Stream, config, a, b, c, d, e, f);
            }
            catch (Exception failure) when (IsOfDevice(failure))
            {
                throw Lost(failure);
            }
        }
    }

    private void Launch<TKernel, T1, T2, T3, T4, T5, T6, T7>(TKernel _, KernelConfig config, T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g)
        where TKernel : struct, IKernel<T1, T2, T3, T4, T5, T6, T7>
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
    {
        lock (_lock)
        {
            try
            {
                var launch = (Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7>?)Launcher<TKernel>();
                launch ??= Keep<TKernel, Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7>>(accelerator => accelerator.LoadKernel<T1, T2, T3, T4, T5, T6, T7>(TKernel.Run, Bounds<TKernel>()));
                launch(Ready.Stream, config, a, b, c, d, e, f, g);
            }
            catch (Exception failure) when (IsOfDevice(failure))
            {
                throw Lost(failure);
            }
        }
    }

    // Of use to CUDA's compiler alone, and the emulator would refuse what exceeds it.
    private KernelSpecialization Bounds<TKernel>()
        where TKernel : struct, IKernel => Kind == DeviceKind.Cuda ? TKernel.Bounds : KernelSpecialization.Empty;
}
