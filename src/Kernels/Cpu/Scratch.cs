using System.Runtime.InteropServices;

namespace Autodiff.Kernels;

/// <summary>
/// A thread's own native memory for packing and partial results; it grows to the largest request and lives as long as the thread.
/// </summary>
internal sealed unsafe class Scratch
{
    [ThreadStatic]
    private static Scratch? t_left, t_right, t_small;

    private void* _memory;
    private long _bytes;

    ~Scratch() => NativeMemory.AlignedFree(_memory);

    /// <summary>Memory for a packed left operand.</summary>
    public static T* Left<T>(long count)
        where T : unmanaged => (T*)(t_left ??= new Scratch()).Get(count * sizeof(T));

    /// <summary>Memory for a packed right operand.</summary>
    public static T* Right<T>(long count)
        where T : unmanaged => (T*)(t_right ??= new Scratch()).Get(count * sizeof(T));

    /// <summary>Memory for anything that does not call a kernel while it holds it.</summary>
    public static T* Small<T>(long count)
        where T : unmanaged => (T*)(t_small ??= new Scratch()).Get(count * sizeof(T));

    private void* Get(long bytes)
    {
        if (bytes > _bytes)
        {
            NativeMemory.AlignedFree(_memory);
            _memory = null;
            _bytes = 0;
            _memory = NativeMemory.AlignedAlloc((nuint)bytes, 256);
            _bytes = bytes;
        }
        return _memory;
    }
}
