namespace Decoder.Recordings.Matlab;

/// <summary>What a data element of a MAT-file holds: the numbers of its format description (MathWorks, 'MAT-File Format', table 1-1).</summary>
internal enum MatDataType
{
    Int8 = 1,
    UInt8 = 2,
    Int16 = 3,
    UInt16 = 4,
    Int32 = 5,
    UInt32 = 6,
    Single = 7,
    Double = 9,
    Int64 = 12,
    UInt64 = 13,
    Matrix = 14,
    Compressed = 15,
    Utf8 = 16,
    Utf16 = 17,
    Utf32 = 18,
}

/// <summary>The class of an array of a MAT-file (table 1-3, and what later versions of MATLAB write).</summary>
internal enum MatClass
{
    Cell = 1,
    Struct = 2,
    Object = 3,
    Char = 4,
    Sparse = 5,
    Double = 6,
    Single = 7,
    Int8 = 8,
    UInt8 = 9,
    Int16 = 10,
    UInt16 = 11,
    Int32 = 12,
    UInt32 = 13,
    Int64 = 14,
    UInt64 = 15,
    FunctionHandle = 16,
    Opaque = 17,
}

/// <summary>The head of a data element.</summary>
/// <param name="Type">What it holds.</param>
/// <param name="Bytes">Bytes of data, without padding.</param>
/// <param name="End">Where the next element begins: the end of the data with their padding.</param>
internal readonly record struct MatTag(MatDataType Type, long Bytes, long End);
