using System.Globalization;

namespace Kernels.Tests.Gpu;

/// <summary>What each kernel may take of a multiprocessor: the table <c>src/Kernels/Gpu/kernel-limits.txt</c>.</summary>
/// <remarks>A row names a kernel, <c>*</c> standing for any one argument. Of several rows that fit, the one with the fewest <c>*</c> holds.</remarks>
internal sealed class KernelLimits
{
    private readonly List<Row> _rows = [];

    /// <summary>Reads the table: a row per line, the columns apart by two blanks or more; what follows a # is a remark.</summary>
    /// <exception cref="FormatException">A line is not as it should be.</exception>
    public KernelLimits(string table)
    {
        foreach (string line in table.Split('\n').Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0))
        {
            string[] cells = line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (cells.Length != 3
                || !int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out int registers)
                || !int.TryParse(cells[2], NumberStyles.None, CultureInfo.InvariantCulture, out int stack))
            {
                throw new FormatException($"'{line}' is not a kernel, its registers and its bytes of stack, apart by two blanks or more.");
            }
            _rows.Add(new Row(cells[0], Parts(cells[0]), registers, stack));
        }
    }

    /// <summary>The limits of a kernel; null where no row, or no one row, holds for it.</summary>
    public Row? For(string kernel)
    {
        string[] parts = Parts(kernel);
        Row[] fitting = [.. _rows.Where(row => row.Fits(parts)).OrderBy(row => row.Wildcards)];
        return fitting.Length == 1 || (fitting.Length > 1 && fitting[0].Wildcards < fitting[1].Wildcards) ? fitting[0] : null;
    }

    /// <summary>The rows that hold for none of the kernels.</summary>
    public IEnumerable<string> Unused(IEnumerable<string> kernels) =>
        _rows.Except(kernels.Select(For).OfType<Row>()).Select(row => row.Pattern);

    private static string[] Parts(string kernel) => kernel.TrimEnd('>').Split(['<', ','], StringSplitOptions.TrimEntries);

    /// <summary>One row.</summary>
    /// <param name="Pattern">The kernels that it is about.</param>
    /// <param name="Parts">The kernel's name and arguments.</param>
    /// <param name="Registers">The most registers that a thread may have.</param>
    /// <param name="Stack">The bytes of local memory that a thread has; 0 unless there is a reason.</param>
    public sealed record Row(string Pattern, string[] Parts, int Registers, int Stack)
    {
        /// <summary>How many arguments may be anything.</summary>
        public int Wildcards => Parts.Count(part => part == "*");

        /// <summary>Whether the row is about a kernel.</summary>
        public bool Fits(string[] kernel) => kernel.Length == Parts.Length && Parts.Zip(kernel).All(pair => pair.First == "*" || pair.First == pair.Second);
    }
}
