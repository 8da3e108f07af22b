namespace Autodiff.Kernels;

/// <summary>A kernel call as data: which family, on what, with which numbers. There is one struct per family.</summary>
internal interface IKernelCall<TSelf>
    where TSelf : struct, IKernelCall<TSelf>
{
    /// <summary>Runs the kernel.</summary>
    void Run(Device device);

    /// <summary>Shows every operand, in the order of the arguments, to a visitor that may replace it.</summary>
    void Visit(IOperandVisitor visitor);

    /// <summary>Takes the numbers (not the operands) of another call: those that change from step to step, such as a learning rate.</summary>
    void Take(in TSelf other);
}
