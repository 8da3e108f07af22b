namespace Decoder.Recordings;

/// <summary>A line of the table of contents of a file: an array, or a container of arrays.</summary>
/// <param name="Name">Its path in the file, such as <c>stim/istim</c>.</param>
/// <param name="Type">The type of its elements, or what kind of container it is.</param>
/// <param name="Shape">Its dimensions; null where it has none.</param>
/// <param name="IsReadable">Whether it holds numbers that can be read.</param>
/// <param name="Note">A text it holds, or why it cannot be read.</param>
internal sealed record ArrayEntry(string Name, string Type, long[]? Shape, bool IsReadable, string? Note = null)
{
    /// <summary>The shape as Python writes it.</summary>
    public string ShapeText => Shape is null ? "" : ArrayLayout.FormatShape(Shape);
}
