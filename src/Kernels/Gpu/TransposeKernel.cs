using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = x where x runs along rows and y along columns: by tiles in shared memory, so that both are read and written along their lines.</summary>
/// <remarks>Lines of a tile lie one element further apart than they are long: neither rows nor columns then meet in a bank.</remarks>
internal readonly struct TransposeKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, TransposePlan>
    where T : unmanaged, IBinaryInteger<T>
{
    private const int Pitch = TransposePlan.Side + 1;

    public static void Run(ArrayView<T> x, ArrayView<T> y, TransposePlan plan)
    {
        ArrayView<T> tile = SharedMemory.Allocate<T>(TransposePlan.Side * Pitch);
        for (uint number = (uint)Grid.IdxX; number < plan.Tiles; number += (uint)Grid.DimX)
        {
            uint line = plan.TilesAcross.Divide(number), matrix = plan.TilesDown.Divide(line);
            int left = (int)(number - line * plan.TilesAcross.Value) * TransposePlan.Side, top = (int)(line - matrix * plan.TilesDown.Value) * TransposePlan.Side;
            Positions at = plan.Matrices.At(matrix);
            for (int i = Group.IdxX; i < TransposePlan.Side * TransposePlan.Side; i += Group.DimX)
            {
                int row = i & (TransposePlan.Side - 1), column = i / TransposePlan.Side;
                if (top + row < plan.Rows && left + column < plan.Columns)
                {
                    tile[row * Pitch + column] = x[at.X + top + row + (left + column) * plan.ColumnStep];
                }
            }
            Group.Barrier();
            for (int i = Group.IdxX; i < TransposePlan.Side * TransposePlan.Side; i += Group.DimX)
            {
                int column = i & (TransposePlan.Side - 1), row = i / TransposePlan.Side;
                if (top + row < plan.Rows && left + column < plan.Columns)
                {
                    y[at.Y + left + column + (top + row) * plan.RowStep] = tile[row * Pitch + column];
                }
            }
            Group.Barrier();
        }
    }
}
