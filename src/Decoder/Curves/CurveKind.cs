namespace Decoder.Curves;

/// <summary>What is learned from a part of a recording, and why.</summary>
internal enum CurveKind
{
    /// <summary>From some of the neurons: error against number of neurons.</summary>
    Neurons,

    /// <summary>From some of the training trials: error against number of trials.</summary>
    Trials,

    /// <summary>From each of two random halves of the neurons: what errors they share cannot be averaged away.</summary>
    Halves,

    /// <summary>From all, with the stimuli of the training trials shuffled: the error must be that of guessing.</summary>
    Shuffled,
}
