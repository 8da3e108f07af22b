using System.Runtime.InteropServices;

namespace Autodiff.Kernels;

/// <summary>A number with its own cache lines, so that threads that write it do not slow those that read its neighbours.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedInt
{
    [FieldOffset(128)]
    public int Value;
}
