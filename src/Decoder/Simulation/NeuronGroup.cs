using System.Numerics;
using Decoder.Sampling;

namespace Decoder.Simulation;

/// <summary>
/// Simulates the responses of four neurons on all trials, in buffers that are used again and again: one instance per thread.
/// </summary>
internal sealed class NeuronGroup
{
    /// <summary>Neurons that are simulated together.</summary>
    public const int Size = WeightedSum.Outputs;

    /// <summary>The most events per trial.</summary>
    public const float MaximumRate = 60;

    private readonly TrialSequence _trials;
    private readonly ulong _seed;
    private readonly NeuronParameters[] _parameters = new NeuronParameters[Size];
    private readonly RandomStream[] _random = new RandomStream[Size];
    private readonly float[] _driveWeights = new float[(TrialSequence.Latents + 1) * Size];
    private readonly float[] _channelWeights = new float[TrialSequence.Channels * Size];
    private readonly double[] _halfVariances = new double[Size];
    private readonly float[] _drive;
    private readonly float[] _tunedGain;
    private readonly float[] _noise;
    private readonly float[] _rate;
    private readonly float[] _expMinusRate;

    public NeuronGroup(TrialSequence trials, ulong seed)
    {
        (_trials, _seed) = (trials, seed);
        _drive = new float[Size * trials.PaddedTrials];
        _tunedGain = new float[Size * trials.PaddedTrials];
        _noise = new float[trials.PaddedTrials];
        _rate = new float[trials.PaddedTrials];
        _expMinusRate = new float[trials.PaddedTrials];
    }

    /// <summary>
    /// Draws neurons <paramref name="firstNeuron"/>, ..., + 3 and what of their drive is shared; call <see cref="Respond"/> for each of them next.
    /// </summary>
    public void Begin(int firstNeuron)
    {
        for (var j = 0; j < Size; j++)
        {
            _random[j] = new RandomStream(_seed, (ulong)SimulationStream.FirstNeuron + (ulong)(firstNeuron + j));
            _parameters[j] = NeuronParameters.Draw(_random[j]);
            DrawWeights(j);
        }

        WeightedSum.Compute(_driveWeights, _trials.SharedDrive, _drive, _trials.PaddedTrials);
        WeightedSum.Compute(_channelWeights, _trials.ChannelGains, _tunedGain, _trials.PaddedTrials);
    }

    /// <summary>The responses of neuron number <paramref name="index"/> of the group, in units of events of mean size 1.</summary>
    public void Respond(int index, Span<float> responses)
    {
        var random = _random[index];
        Normal.Fill(random, _noise.AsSpan(0, _trials.Trials));
        ComputeRates(index);
        for (var t = 0; t < responses.Length; t++)
        {
            var events = Poisson.Next(random, _rate[t], _expMinusRate[t]);
            responses[t] = (float)Gamma.Next(random, events);
        }
    }

    private void DrawWeights(int index)
    {
        var weights = NeuronWeights.Draw(_random[index], _parameters[index], _trials.LatentVariances);
        for (var k = 0; k < TrialSequence.Latents; k++)
        {
            _driveWeights[k * Size + index] = (float)weights.Latents[k];
        }

        _driveWeights[TrialSequence.Latents * Size + index] = (float)weights.Gain;
        _halfVariances[index] = weights.HalfVariance;
        for (var c = 0; c < TrialSequence.Channels; c++)
        {
            _channelWeights[c * Size + index] = (float)weights.Channels[c];
        }
    }

    /// <summary>
    /// rate = min(60, (b + a d(theta) exp(0.2 h - 0.02)) exp(0.45 s x + 0.4 w'z + 0.5 e - half the variance)), and exp(-rate).
    /// </summary>
    private void ComputeRates(int index)
    {
        var p = _parameters[index];
        var (sin, cos) = Math.SinCos(p.PreferredDirection);
        var (cosPhi, sinPhi) = (Vector.Create((float)cos), Vector.Create((float)sin));
        var (cosTwicePhi, sinTwicePhi) = (Vector.Create((float)(cos * cos - sin * sin)), Vector.Create((float)(2 * sin * cos)));
        var concentration = Vector.Create((float)p.Concentration);
        var tunedGainOffset = Vector.Create((float)(p.Concentration + 0.5 * NeuronWeights.TunedGainStrength * NeuronWeights.TunedGainStrength));
        var evenWeight = Vector.Create((float)(1 - 0.5 * p.DirectionSelectivity));
        var directionWeight = Vector.Create((float)(0.5 * p.DirectionSelectivity));
        var (amplitude, baseline) = (Vector.Create((float)p.Amplitude), Vector.Create((float)p.Baseline));
        var halfVariance = Vector.Create((float)_halfVariances[index]);
        var noiseStrength = Vector.Create((float)NeuronWeights.PrivateNoiseStrength);
        var maximum = Vector.Create(MaximumRate);

        var drive = _drive.AsSpan(index * _trials.PaddedTrials, _trials.PaddedTrials);
        var tunedGain = _tunedGain.AsSpan(index * _trials.PaddedTrials, _trials.PaddedTrials);
        for (var t = 0; t < _trials.PaddedTrials; t += Vector<float>.Count)
        {
            var cosDifference = new Vector<float>(_trials.CosDirection, t) * cosPhi + new Vector<float>(_trials.SinDirection, t) * sinPhi;
            var cosTwice = new Vector<float>(_trials.CosTwice, t) * cosTwicePhi + new Vector<float>(_trials.SinTwice, t) * sinTwicePhi;
            var tuned = Vector.Exp(concentration * cosTwice - tunedGainOffset + new Vector<float>(tunedGain[t..]))
                * (evenWeight + directionWeight * cosDifference);
            var gain = Vector.Exp(new Vector<float>(drive[t..]) + noiseStrength * new Vector<float>(_noise, t) - halfVariance);
            var rate = Vector.Min(maximum, (baseline + amplitude * tuned) * gain);
            rate.CopyTo(_rate, t);
            Vector.Exp(-rate).CopyTo(_expMinusRate, t);
        }
    }
}
