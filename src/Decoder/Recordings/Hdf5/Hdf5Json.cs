using System.Text.Json.Serialization;

namespace Decoder.Recordings.Hdf5;

/// <summary>How the process that reads HDF5 files tells what is in one.</summary>
[JsonSerializable(typeof(ArrayEntry[]))]
internal sealed partial class Hdf5Json : JsonSerializerContext;
