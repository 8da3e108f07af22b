namespace Decoder.Folders;

/// <summary>A type of folder that can be made from its path.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface IResultFolder<TSelf>
{
    /// <summary>The folder of a path, which need not exist.</summary>
    static abstract TSelf At(string path);
}
