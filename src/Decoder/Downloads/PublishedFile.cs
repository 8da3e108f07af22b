namespace Decoder.Downloads;

/// <summary>A file that its authors published.</summary>
/// <param name="Name">The name it is given here.</param>
/// <param name="Address">Its address, relative to the host's.</param>
/// <param name="Md5">Its MD5, hexadecimal: against damage on the way, as the authors give it.</param>
/// <param name="Content">What is in it.</param>
internal sealed record PublishedFile(string Name, string Address, string Md5, string Content)
{
    /// <summary>Where the files of the tutorial are.</summary>
    public static readonly Uri Host = new("https://osf.io/");

    /// <summary>The recordings of Neuromatch Academy's tutorial 'Deep learning: decoding neural responses'.</summary>
    public static readonly IReadOnlyList<PublishedFile> Tutorial =
    [
        new("W3D4_stringer_oribinned1.npz", "683xc/download", "436599dfd8ebe6019f066c38aed20580", "360 stimuli x 23,589 neurons, z-scored, averaged per degree"),
        new("W3D4_stringer_oribinned6_split.npz", "p3aeb/download", "b3f7245c6221234a676b71a1f43c3bb5", "60 stimuli x 23,589 neurons to train on and as many to test on"),
    ];

    /// <summary>Whose they are.</summary>
    public const string TutorialSource =
        "Data: Stringer, Michaelos, Tsyboulski, Lindo, Pachitariu, 'High-precision coding in visual cortex', Cell 2021; cite it where you show them. "
        + "As prepared for Neuromatch Academy's tutorial 'Decoding neural responses' (its text: CC-BY 4.0).";
}
