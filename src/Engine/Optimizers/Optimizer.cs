using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Optimizers;

/// <summary>Turns accumulated gradients into ascent steps of one network's parameters. Allocates nothing after
/// construction.</summary>
public abstract class Optimizer(IReadOnlyList<Parameter> parameters)
{
    /// <summary>Updates made so far.</summary>
    public long Updates { get; set; }

    /// <summary>What must be saved besides the parameters and <see cref="Updates"/>; live, zero at the start.</summary>
    public virtual IEnumerable<NamedMatrix> State => [];

    /// <summary>The parameters that it changes.</summary>
    protected IReadOnlyList<Parameter> Parameters { get; } = parameters;

    /// <summary>A new optimizer, its state zero.</summary>
    /// <exception cref="InvalidInputException">There is no such kind.</exception>
    public static Optimizer Create(OptimizerKind kind, IReadOnlyList<Parameter> parameters) => kind switch
    {
        OptimizerKind.Sgd => new Sgd(parameters),
        OptimizerKind.Momentum => new Momentum(parameters),
        OptimizerKind.Adam => new Adam(parameters),
        _ => throw new InvalidInputException($"optimizer: expected SGD, momentum or Adam, found {kind}"),
    };

    /// <summary>Says that all that is accumulated from now on belongs to the next update, and that no parameter is read before
    /// it: plain ascent may then climb at once.</summary>
    /// <param name="rate">The learning rate of the next update.</param>
    public virtual void Begin(double rate)
    {
    }

    /// <summary>Moves every parameter uphill along its gradient, then clears the gradient.</summary>
    /// <param name="rate">The learning rate of this step.</param>
    /// <param name="decay">Momentum's decay, and Adam's β₁.</param>
    /// <param name="team">Who computes.</param>
    public void Apply(double rate, double decay, WorkerTeam team)
    {
        Updates++;
        for (int i = 0; i < Parameters.Count; i++)
        {
            Apply(i, (float)rate, (float)decay, team);
            Parameters[i].ClearGradient();
        }
    }

    /// <summary>The update of parameter number <paramref name="index"/>.</summary>
    protected abstract void Apply(int index, float rate, float decay, WorkerTeam team);

    /// <summary>Zeros in the shape of every parameter.</summary>
    protected static Matrix[] CreateState(IReadOnlyList<Parameter> parameters) =>
        [.. parameters.Select(p => new Matrix(p.Rows, p.Columns))];

    /// <summary>State matrices under their parameters' names.</summary>
    protected IEnumerable<NamedMatrix> Named(string kind, Matrix[] state) =>
        state.Select((matrix, i) => new NamedMatrix($"optimizer.{kind}.{Parameters[i].Name}", matrix));
}
