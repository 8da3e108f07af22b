namespace Autodiff.Kernels;

/// <summary>A kernel call as data: which family, on what, with which numbers. There is one struct per family.</summary>
internal interface IKernelCall<TSelf>
    where TSelf : struct, IKernelCall<TSelf>
{
    /// <summary>Whether the same arguments mean the same work for as long as the recording lives. A table of arguments that a device keeps elsewhere may be another one later.</summary>
    static virtual bool FitsGraphs => true;

    /// <summary>Runs the kernel.</summary>
    void Run(Device device);

    /// <summary>Shows every operand, in the order of the arguments, to a visitor that may replace it.</summary>
    void Visit(IOperandVisitor visitor);

    /// <summary>Takes the numbers (not the operands) of another call: those that change from step to step, such as a learning rate.</summary>
    void Take(in TSelf other);
}
