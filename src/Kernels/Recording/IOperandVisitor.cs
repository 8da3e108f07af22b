namespace Autodiff.Kernels;

/// <summary>Is shown the operands of a kernel call.</summary>
internal interface IOperandVisitor
{
    /// <summary>An operand that is only read.</summary>
    void Read<T>(ref View<T> view)
        where T : unmanaged;

    /// <summary>An operand that is only written.</summary>
    void Write<T>(ref View<T> view)
        where T : unmanaged;

    /// <summary>An operand that is changed in place.</summary>
    void Update<T>(ref View<T> view)
        where T : unmanaged;
}
