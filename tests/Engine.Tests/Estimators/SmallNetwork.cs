using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>What tests of estimators' own networks have in common.</summary>
internal static class SmallNetwork
{
    private const double Tolerance = 1e-3;

    /// <summary>Gives parameters values that no term vanishes at.</summary>
    public static void Randomize(IEnumerable<Parameter> parameters)
    {
        var stream = new RandomStream(new StreamKey(2, StreamPurpose.Data));
        foreach (Parameter parameter in parameters)
        {
            for (int r = 0; r < parameter.Value.Rows; r++) stream.FillNormal(parameter.Value.Row(r), 0.3);
        }
    }

    /// <summary>Holds the gradient that every parameter has accumulated against central differences of a function of them.</summary>
    public static void HasGradientOf(IEnumerable<Parameter> parameters, Func<double> f)
    {
        foreach (Parameter parameter in parameters)
        {
            double[] exact = [.. from row in Enumerable.Range(0, parameter.Value.Rows)
                                 from column in Enumerable.Range(0, parameter.Value.Columns)
                                 select Difference(parameter.Value, row, column, f)];
            double error = States.RelativeError(States.TakeGradient([parameter]), exact);
            Assert.True(error < Tolerance, $"{parameter.Name}: relative error {error}");
        }
    }

    private static double Difference(Matrix value, int row, int column, Func<double> f)
    {
        const float h = 1.0f / 256;
        float before = value[row, column];
        double difference = (At(before + h) - At(before - h)) / (2.0 * h);
        value[row, column] = before;
        return difference;

        double At(float moved)
        {
            value[row, column] = moved;
            return f();
        }
    }
}
