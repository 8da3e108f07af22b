namespace Decoder.Recordings;

/// <summary>What to tell somebody whose file holds pickled Python objects, which are programs and therefore never loaded.</summary>
internal static class PickleHint
{
    /// <summary>For an array of type object: most often a dictionary that numpy.save wrapped, as the recordings of Stringer et al. are.</summary>
    public const string ObjectArray =
        "this is an object array, that is, pickled Python objects, which can run any program and are never loaded. "
        + "A recording of Stringer et al. (a dictionary with sresp and istim) is converted by two lines of Python:\n"
        + "  d = numpy.load('stringer_orientations.npy', allow_pickle=True).item()\n"
        + "  numpy.savez('recording.npz', resp=d['sresp'].T.astype('float32'), stimuli=numpy.degrees(d['istim']))";

    /// <summary>For a bare pickle.</summary>
    public const string BarePickle =
        "this is a Python pickle, which can run any program and is never loaded. Convert it with two lines of Python:\n"
        + "  d = pickle.load(open('recording.pkl', 'rb'))\n"
        + "  numpy.savez('recording.npz', resp=d['resp'], stimuli=d['stimuli'])";
}
