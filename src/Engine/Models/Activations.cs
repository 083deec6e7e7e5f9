using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>The nonlinearities φ of deterministic hidden layers.</summary>
internal static class Activations
{
    /// <summary>h = φ(a), in place.</summary>
    public static void Apply(Activation activation, Matrix values)
    {
        if (activation == Activation.Tanh) HyperbolicTangent.Compute(values.Flat, values.Flat);
        else LeakyRelu.Compute(values.Flat, values.Flat);
    }

    /// <summary>errors ← errors · φ′(a), from h = φ(a).</summary>
    public static void MultiplyByDerivative(Activation activation, Matrix hidden, Matrix errors)
    {
        if (activation == Activation.Tanh) HyperbolicTangent.Backward(hidden.Flat, errors.Flat);
        else LeakyRelu.Backward(hidden.Flat, errors.Flat);
    }
}
