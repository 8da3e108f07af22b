namespace Decoder.Recordings.Matlab;

/// <summary>An array of a MAT-file: its line in the table of contents and, where it holds numbers, where they are.</summary>
/// <param name="Entry">The line.</param>
/// <param name="Layout">Type and shape of the numbers; null where there are none to read.</param>
/// <param name="Offset">Where they begin, counted from the start of the top-level element's data, unpacked.</param>
/// <param name="Element">The top-level element they are in.</param>
internal sealed record MatNode(ArrayEntry Entry, ArrayLayout? Layout, long Offset, MatElement Element);

/// <summary>A top-level element of a MAT-file.</summary>
/// <param name="Offset">Where its data begin in the file.</param>
/// <param name="Bytes">Their number in the file.</param>
/// <param name="IsCompressed">Whether they are a zlib stream.</param>
internal sealed record MatElement(long Offset, long Bytes, bool IsCompressed);
