using System.Numerics;
using System.Numerics.Tensors;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>
/// The plane on which answers of all estimators are drawn, the same for all: the exact gradient is its origin, ‖exact‖ its unit.
/// Its first direction is the largest bias that was found, so that it shows at full length, or the exact gradient where none was;
/// the second, at right angles to it, is the direction of most noise, every estimator's noise counting alike.
/// </summary>
/// <remarks>The second is found by power iteration on Σₑ Cₑ / tr Cₑ, Cₑ the scatter of estimator e's kept answers.</remarks>
internal sealed class DartboardPlane
{
    private const int Iterations = 30;

    private readonly float[] exact;
    private readonly float[] first;
    private readonly float[] second;
    private readonly double norm;

    /// <param name="exact">[D] the exact gradient's sketch.</param>
    /// <param name="norm">‖exact‖.</param>
    /// <param name="bias">[D] the largest bias found, or null.</param>
    /// <param name="answers">For each estimator, its kept answers.</param>
    public DartboardPlane(float[] exact, double norm, float[]? bias, IReadOnlyList<IReadOnlyList<float[]>> answers)
    {
        (this.exact, this.norm) = (exact, norm);
        first = [.. bias ?? exact];
        Normalize(first);
        second = MostNoise(answers);
    }

    /// <summary>Where an answer, or a mean, stands.</summary>
    /// <param name="vector">[D].</param>
    public Vector2 Place(ReadOnlySpan<float> vector)
    {
        double x = TensorPrimitives.Dot<float>(vector, first) - TensorPrimitives.Dot<float>(exact, first);
        double y = TensorPrimitives.Dot<float>(vector, second) - TensorPrimitives.Dot<float>(exact, second);
        return new((float)(x / norm), (float)(y / norm));
    }

    private float[] MostNoise(IReadOnlyList<IReadOnlyList<float[]>> answers)
    {
        float[] direction = new float[exact.Length], next = new float[exact.Length], centered = new float[exact.Length];
        float[][] means = [.. answers.Select(Mean)];
        double[] traces = [.. answers.Select((all, e) => all.Sum(answer => (double)SquaredDistance(answer, means[e])))];
        for (int i = 0; i < direction.Length; i++) direction[i] = 1 + i % 7;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            RemoveFirst(direction);
            Normalize(direction);
            Array.Clear(next);
            for (int e = 0; e < answers.Count; e++)
            {
                if (traces[e] <= 0) continue;
                foreach (float[] answer in answers[e])
                {
                    TensorPrimitives.Subtract(answer, means[e], centered);
                    float along = TensorPrimitives.Dot<float>(centered, direction) / (float)traces[e];
                    TensorPrimitives.MultiplyAdd(centered, along, next, next);
                }
            }

            if (TensorPrimitives.Norm<float>(next) == 0) break;
            (direction, next) = (next, direction);
        }

        RemoveFirst(direction);
        Normalize(direction);
        return direction;
    }

    private void RemoveFirst(float[] direction) =>
        TensorPrimitives.MultiplyAdd(first, -TensorPrimitives.Dot<float>(first, direction), direction, direction);

    private static void Normalize(float[] vector)
    {
        float length = TensorPrimitives.Norm<float>(vector);
        if (length > 0) TensorPrimitives.Divide(vector, length, vector);
    }

    private static float SquaredDistance(float[] a, float[] b)
    {
        float distance = TensorPrimitives.Distance<float>(a, b);
        return distance * distance;
    }

    private float[] Mean(IReadOnlyList<float[]> answers)
    {
        float[] mean = new float[exact.Length];
        foreach (float[] answer in answers) TensorPrimitives.Add(mean, answer, mean);
        if (answers.Count > 0) TensorPrimitives.Divide(mean, answers.Count, mean);
        return mean;
    }
}
