namespace Decoder.Simulation;

/// <summary>Which random stream of the seed draws what. Neuron i has stream <see cref="FirstNeuron"/> + i to itself.</summary>
internal enum SimulationStream : ulong
{
    Directions = 0,
    Gain = 1,
    Latents = 2,
    Channels = 3,
    FirstNeuron = 1 << 10,
}
