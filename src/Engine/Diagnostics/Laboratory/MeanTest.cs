using DreamViz.Engine.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>
/// Is the mean of vectors the expected one? Each vector is projected on d = 8 fixed random directions; with their mean m, their
/// covariance S and n of them, Hotelling's T² = n (m − e)ᵀ S⁻¹ (m − e) of an unbiased estimator follows d (n − 1) / (n − d) ·
/// F(d, n − d). The p-value is the chance of a T² at least as large, or of as long an offset ‖m − e‖, whichever is larger.
/// </summary>
/// <remarks>
/// Eight directions, not all: S of thousands of coordinates cannot be inverted, and a bias anywhere shows on random directions as
/// well as noise does. Directions without any noise cannot be judged by chance: an offset on them beyond rounding, a thousandth
/// of the length, is a bias for certain, and a whole offset within rounding is none. T² finds a small bias beside large noise, but trusts directions in which next to nothing was drawn; of a saturated
/// network, whose rare flips carry much of the gradient, it alone calls sound estimators biased. So the offset must also be longer
/// than chance makes it: ‖m − e‖² is a sum of d independent squares, and Σλ / Σλ² times it about χ² with ν = (Σλ)² / Σλ² degrees of
/// freedom, λ the eigenvalues of S / n. Both distributions hold as n grows; what is so rare that no estimate met it, no test of
/// estimates can know. For one look at a number of estimates that was chosen beforehand.
/// Sources: Hotelling, "The generalization of Student's ratio", 1931; Box, "Some theorems on quadratic forms applied in the study of
/// analysis of variance problems", 1954.
/// </remarks>
internal sealed class MeanTest
{
    /// <summary>The most directions.</summary>
    public const int MaximumDirections = 8;

    private const double Rounding = 1e-3;
    private const double NoNoise = 1e-9;

    private readonly Matrix<double> directions;
    private readonly Vector<double> mean;
    private readonly Matrix<double> moments;
    private readonly double[] projected;

    /// <param name="coordinates">D.</param>
    /// <param name="seed">Names the directions: equal for all that are compared.</param>
    public MeanTest(int coordinates, ulong seed)
    {
        int count = Math.Min(coordinates, MaximumDirections);
        directions = coordinates <= MaximumDirections
            ? Matrix<double>.Build.DenseIdentity(coordinates)
            : Matrix<double>.Build.Dense(count, coordinates, Draw(count, coordinates, seed));
        mean = Vector<double>.Build.Dense(count);
        moments = Matrix<double>.Build.Dense(count, count);
        projected = new double[count];
    }

    /// <summary>n.</summary>
    public long Count { get; private set; }

    /// <summary>The mean's covariance, S / n.</summary>
    public Matrix<double> CovarianceOfMean => moments / ((double)Count * Math.Max(1, Count - 1));

    /// <summary>Takes one more vector.</summary>
    /// <param name="vector">[D].</param>
    public void Add(ReadOnlySpan<float> vector)
    {
        Count++;
        for (int i = 0; i < projected.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < vector.Length; j++) sum += directions[i, j] * vector[j];
            projected[i] = sum - mean[i];
        }

        double weight = (Count - 1.0) / Count;
        for (int i = 0; i < projected.Length; i++)
        {
            for (int j = 0; j < projected.Length; j++) moments[i, j] += weight * projected[i] * projected[j];
        }

        for (int i = 0; i < projected.Length; i++) mean[i] += projected[i] / Count;
    }

    /// <summary>The chance that an unbiased estimator's mean lies at least as far off; 1 where n does not suffice to tell.</summary>
    /// <param name="expected">[D] what the mean should be.</param>
    /// <param name="ofExpected">Where that is itself a mean: its covariance on the same directions; else null.</param>
    public double PValue(ReadOnlySpan<float> expected, Matrix<double>? ofExpected = null)
    {
        Vector<double> target = directions * Vector<double>.Build.Dense([.. expected.ToArray().Select(e => (double)e)]);
        Vector<double> offset = mean - target;
        Matrix<double> covariance = ofExpected is null ? CovarianceOfMean : CovarianceOfMean + ofExpected;
        double smallest = Rounding * target.L2Norm();
        return offset.L2Norm() <= smallest ? 1 : Math.Max(OfRatio(offset, covariance, smallest), OfLength(offset, covariance));
    }

    /// <summary>The chance of a T² at least as large.</summary>
    private double OfRatio(Vector<double> offset, Matrix<double> covariance, double smallest)
    {
        Evd<double> parts = covariance.Evd(Symmetricity.Symmetric);
        double largest = parts.EigenValues.Max(value => value.Real), square = 0;
        int kept = 0;
        for (int i = 0; i < offset.Count; i++)
        {
            double along = offset * parts.EigenVectors.Column(i), variance = parts.EigenValues[i].Real;
            if (variance <= NoNoise * largest || variance <= 0)
            {
                if (Math.Abs(along) > smallest) return 0;
                continue;
            }

            kept++;
            square += along * along / variance;
        }

        if (kept == 0 || Count <= kept + 1) return 1;
        double ratio = square * (Count - kept) / (kept * (Count - 1.0));
        return FisherSnedecor.CDF(Count - kept, kept, 1 / Math.Max(ratio, double.Epsilon));
    }

    /// <summary>The chance of as long an offset; 0 without any noise, of which length then is no measure.</summary>
    private static double OfLength(Vector<double> offset, Matrix<double> covariance)
    {
        double sum = covariance.Trace(), squares = covariance.FrobeniusNorm() * covariance.FrobeniusNorm();
        return squares <= 0 ? 0 : 1 - ChiSquared.CDF(sum * sum / squares, offset * offset * sum / squares);
    }

    private static double[] Draw(int count, int coordinates, ulong seed)
    {
        float[] normal = new float[count * coordinates];
        new RandomStream(new StreamKey(seed, StreamPurpose.Projection, Step: 1)).FillNormal(normal, 1);
        return [.. normal.Select(value => (double)value)];
    }
}
