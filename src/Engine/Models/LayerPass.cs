using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>What one conditional layer computed for one batch: logits, and what backpropagation needs of the way there.
/// Reused from step to step, so that a steady step allocates nothing.</summary>
public sealed class LayerPass
{
    private int[] observedLabels = [];
    private int observedCount;
    private int[] drawnLabels = [];
    private readonly Matrix logits = new(0, 0);
    private readonly Matrix sharedRow = new(0, 0);
    private int? sharingRows;
    private ColumnPanels? panels;
    private bool isBehind;
    private bool wereAskedFor;

    internal LayerPass(int hiddenLayers)
    {
        Hidden = CreateMatrices(hiddenLayers);
        HiddenErrors = CreateMatrices(hiddenLayers);
    }

    /// <summary>[B, parents] the parents' bits, as given to <see cref="ConditionalLayer.ComputeLogits"/>.</summary>
    public BitMatrix Parents { get; internal set; } = new(0, 0);

    /// <summary>[B, parents] the parents where they are relaxed, else null.</summary>
    public Matrix? RelaxedParents { get; internal set; }

    /// <summary>[B, G] the real-valued units among the parents; null where there are none.</summary>
    internal Matrix? GaussianParents { get; set; }

    /// <summary>[B, units or first hidden width] the errors, in the latest gradient by parameters or by parents, of what the parents'
    /// weights give; only where there are real-valued parents.</summary>
    internal Matrix? FirstErrors { get; set; }

    /// <summary>[B·K, units] the bits with which the logits were completed; only where children depend on each other.</summary>
    internal BitMatrix Children { get; set; } = new(0, 0);

    /// <summary>[B·K, units] the values with which the logits were completed where they are relaxed, else null.</summary>
    internal Matrix? RelaxedChildren { get; set; }

    /// <summary>K, children to every parent row: child row b·K + k belongs to parent row b.</summary>
    public int Repeats { get; internal set; } = 1;

    /// <summary>[B·K, units] the logits of the children.</summary>
    /// <remarks>Where all rows share them, or several threads wrote them, they are written out when somebody first looks.</remarks>
    public Matrix Logits
    {
        get
        {
            if (sharingRows is { } rows) RowGroups.Repeat(sharedRow, rows, logits);
            if (isBehind) panels!.CopyTo(logits);
            (sharingRows, isBehind, wereAskedFor) = (null, false, true);
            return logits;
        }
    }

    /// <summary>B·K, the number of the children.</summary>
    internal int Rows => sharingRows ?? logits.Rows;

    /// <summary>[B, units] the logits before repetition; only where K &gt; 1.</summary>
    internal Matrix SharedLogits { get; } = new(0, 0);

    /// <summary>[B, width] the activities of every deterministic hidden layer, lowest first.</summary>
    internal Matrix[] Hidden { get; }

    /// <summary>[B, width] the errors of every deterministic hidden layer.</summary>
    internal Matrix[] HiddenErrors { get; }

    /// <summary>[B·K, units] ∂ Σ w·log p / ∂ logits of the latest gradient.</summary>
    internal Matrix Errors { get; } = new(0, 0);

    /// <summary>[B, units] the errors summed over the K children of a parent row; only where K &gt; 1.</summary>
    internal Matrix SharedErrors { get; } = new(0, 0);

    /// <summary>What the gradient needs of some rows alone; null before there was one.</summary>
    internal LayerPass? FirstRows { get; set; }

    /// <summary>Room for the words of documents that are drawn.</summary>
    internal int[] DrawnWords { get; set; } = [];

    /// <summary>[B] the labels given with the parents, −1 where none is known; empty where none is.</summary>
    internal ReadOnlySpan<int> ObservedLabels => observedLabels.AsSpan(0, observedCount);

    /// <summary>Says which labels are given, until others are: [B], −1 for none; empty where none is.</summary>
    internal void Observe(ReadOnlySpan<int> labels)
    {
        if (observedLabels.Length < labels.Length) observedLabels = new int[labels.Length];
        labels.CopyTo(observedLabels);
        observedCount = labels.Length;
    }

    /// <summary>The label given for a child row, or −1.</summary>
    internal int ObservedLabel(int row) => observedCount == 0 ? -1 : observedLabels[row / (Logits.Rows / observedCount)];

    /// <summary>Room for a label a row.</summary>
    internal Span<int> DrawnLabels(int rows)
    {
        if (drawnLabels.Length < rows) drawnLabels = new int[rows];
        return drawnLabels.AsSpan(0, rows);
    }

    /// <summary>The logits [rows, units] for one who overwrites them: in their matrix, or where there are panels of weights and nobody asked
    /// for those before, in panels like them.</summary>
    internal Matrix OpenLogits(int rows, int units, ColumnPanels? weights, out ColumnPanels? panels)
    {
        logits.Reshape(rows, units);
        panels = weights is null || wereAskedFor ? null : this.panels = ColumnPanels.Like(weights, rows, this.panels);
        (sharingRows, isBehind, wereAskedFor) = (null, panels is not null, false);
        return logits;
    }

    /// <summary>Every one of so many rows of logits is this one.</summary>
    internal void ShareLogits(Matrix row, int rows)
    {
        sharedRow.CopyFrom(row);
        (sharingRows, isBehind) = (rows, false);
    }

    private static Matrix[] CreateMatrices(int count)
    {
        var matrices = new Matrix[count];
        for (int i = 0; i < count; i++) matrices[i] = new Matrix(0, 0);
        return matrices;
    }
}
