namespace Autodiff.Kernels;

/// <content>Matrices of which an operand lies transposed: read element by element, each would cost a cache line.</content>
internal unsafe partial struct ElementwiseJob<T, TOp>
{
    // The rows of a tile fill a cache line of a transposed operand; the columns are enough that a row is worth a loop.
    private const int TileRows = 16, TileColumns = 64;

    private readonly bool IsTiled =>
        _yLayout.Shape.Rank == 2 && _yLayout.Strides[1] == 1 && _yLayout.Shape[0] >= TileRows && _yLayout.Shape[1] >= TileRows
        && IsRowOrTransposed(_aLayout) && (TOp.Arity < 2 || IsRowOrTransposed(_bLayout)) && (TOp.Arity < 3 || IsRowOrTransposed(_cLayout))
        && (IsTransposed(_aLayout) || (TOp.Arity > 1 && IsTransposed(_bLayout)) || (TOp.Arity > 2 && IsTransposed(_cLayout)));

    private readonly int Bands => (_yLayout.Shape[0] + TileRows - 1) / TileRows;

    private static bool IsTransposed(in Layout layout) => layout.Strides[0] == 1 && layout.Strides[1] > 1;

    private static bool IsRowOrTransposed(in Layout layout) => layout.Strides[1] <= 1 || IsTransposed(layout);

    private readonly void RunBands(int part, int parts)
    {
        int end = (int)((long)Bands * (part + 1) / parts);
        for (int band = (int)((long)Bands * part / parts); band < end; band++)
        {
            RunBand(band * TileRows, Math.Min(TileRows, _yLayout.Shape[0] - band * TileRows));
        }
    }

    private readonly void RunBand(int firstRow, int rows)
    {
        T* memory = stackalloc T[3 * TileRows * TileColumns];
        T* aTile = memory, bTile = aTile + TileRows * TileColumns, cTile = bTile + TileRows * TileColumns;
        for (int column = 0; column < _yLayout.Shape[1]; column += TileColumns)
        {
            int columns = Math.Min(TileColumns, _yLayout.Shape[1] - column);
            TileOperand a = new(_a, _aLayout, firstRow, column, rows, columns, aTile);
            TileOperand b = TOp.Arity > 1 ? new(_b, _bLayout, firstRow, column, rows, columns, bTile) : default;
            TileOperand c = TOp.Arity > 2 ? new(_c, _cLayout, firstRow, column, rows, columns, cTile) : default;
            T* y = _y + _yLayout.Offset + firstRow * (nint)_yLayout.Strides[0] + column;
            for (int row = 0; row < rows; row++, y += _yLayout.Strides[0])
            {
                Loop(_op, columns, y, a.Row(row), a.Step, b.Row(row), b.Step, c.Row(row), c.Step);
            }
        }
    }

    /// <summary>A tile of an operand: in place, or, if it lies transposed, in a buffer; of a column, the number of each row.</summary>
    private readonly struct TileOperand
    {
        private readonly T* _first, _number;
        private readonly nint _rowStep;

        public TileOperand(T* storage, in Layout layout, int row, int column, int rows, int columns, T* buffer)
        {
            nint rowStep = layout.Strides[0], columnStep = layout.Strides[1];
            _first = storage + layout.Offset + row * rowStep + column * columnStep;
            _rowStep = rowStep;
            _number = buffer;
            Step = columnStep == 0 ? 0 : 1;
            if (!IsTransposed(layout))
            {
                return;
            }

            Packing.Lines(_first, columnStep, 1, columns, rows, buffer, TileColumns);
            _first = buffer;
            _rowStep = TileColumns;
        }

        /// <summary>The step from element to element of a row.</summary>
        public nint Step { get; }

        /// <summary>The first element of a row.</summary>
        public T* Row(int row) => _first == null ? null : Operand(_first + row * _rowStep, Step, 0, _number);
    }
}
