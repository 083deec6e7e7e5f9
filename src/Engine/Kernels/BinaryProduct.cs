using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>result [M, N] += bits [M, R] · values [R, N], the product under the forward pass and under the gradient.</summary>
/// <remarks>
/// A row with few ones adds the value rows it chooses one after the other (<see cref="ActiveRows"/>), one with many adds them
/// in sums of five (<see cref="FourRussians"/>, or with the same bits <see cref="RegisterTables"/>): two orders of one sum. Which of them depends on the row's own bits alone, and
/// work is split by columns, so neither the other rows nor the threads change a result.
/// </remarks>
internal readonly unsafe struct BinaryProduct : IRangeWork
{
    /// <summary>Value rows × result rows × floats that repay a second thread.</summary>
    public const long SmallestRange = 1 << 19;

    // The same for a piece that another thread may take.
    private const long SmallestPiece = 3 << 20;

    private readonly int* order;
    private readonly int sparse;

    /// <summary>result = initial + bits · values, or where there is a scale, result += scale · (initial + bits · values), done by
    /// <see cref="Run(int, int)"/>. Everything stays where it is until then.</summary>
    /// <param name="bits">[M, Words].</param>
    /// <param name="rows">M.</param>
    /// <param name="values">[R, N].</param>
    /// <param name="initial">[stride of the result] what every sum starts from; zeros where there is a scale.</param>
    /// <param name="scale">By which finished sums are multiplied before they are added.</param>
    /// <param name="result">[M, N].</param>
    /// <param name="order">Room for [M] numbers.</param>
    /// <param name="firstRow">Which row of the result is the first row's.</param>
    public BinaryProduct(
        ulong* bits, int rows, Matrix values, float* initial, float? scale, Matrix result, int* order, int firstRow = 0)
    {
        Bits = bits;
        Rows = rows;
        Terms = values.Rows;
        Words = (Terms + 63) / 64;
        Values = (float*)Unsafe.AsPointer(ref values.Origin);
        ValueStride = values.Stride;
        ResultStride = result.Stride;
        Result = (float*)Unsafe.AsPointer(ref result.Origin) + (nint)firstRow * ResultStride;
        Columns = result.Columns;
        (Adds, Scale) = (scale is not null, scale ?? 1);
        Initial = initial;
        this.order = order;
        sparse = Sort(bits, rows, Words, Terms, order);
    }

    /// <summary>[M, Words] rows of bits, and a word behind them that may be read.</summary>
    public ulong* Bits { get; }

    /// <summary>M.</summary>
    public int Rows { get; }

    /// <summary>R.</summary>
    public int Terms { get; }

    /// <summary>Words to a row of bits.</summary>
    public int Words { get; }

    /// <summary>[R, ValueStride] what is added.</summary>
    public float* Values { get; private init; }

    /// <summary>Floats from one value row to the next.</summary>
    public int ValueStride { get; private init; }

    /// <summary>[M, ResultStride] where the sums go.</summary>
    public float* Result { get; private init; }

    /// <summary>Floats from one row of the result to the next.</summary>
    public int ResultStride { get; private init; }

    /// <summary>N.</summary>
    public int Columns { get; }

    /// <summary>64-byte lines to a row of the result.</summary>
    public int Lines => LinesOf(Columns);

    /// <summary>Where the values lie in place of their matrix; null where they lie there.</summary>
    public ColumnPanels? ValuePanels { get; init; }

    /// <summary>Where the result goes in place of its matrix; null where it goes there. Where the values lie in panels, too, they are
    /// divided alike.</summary>
    public ColumnPanels? ResultPanels { get; init; }

    /// <summary>[Lines · 16] what every row's sums start from.</summary>
    public float* Initial { get; }

    /// <summary>Whether finished sums are added to the result, not stored there.</summary>
    public bool Adds { get; }

    /// <summary>By which finished sums are multiplied before they are added.</summary>
    public float Scale { get; }

    /// <summary>Lines that are summed at a time: a range of fewer takes longer a line.</summary>
    public int LinesAtATime => 2 * sparse > Rows ? ActiveRows.MostLines : RegisterTables.LinesAtATime;

    /// <summary>Whether a product with so many rows of bits repays as many threads.</summary>
    public static bool RepaysShares(int rows, Matrix values, int threads) =>
        LinesOf(values.Columns) / threads >= SmallestShare(rows, values);

    /// <summary>result = initial + bits · values, overwritten; initial [stride of the result]. The padding of the result is zero. Where
    /// there are panels, the values lie there.</summary>
    public static void Compute(
        ulong* bits, int rows, Matrix values, ColumnPanels? panels, float* initial, Matrix result, WorkerTeam team) =>
        Run(bits, rows, values, panels, initial, null, result, null, team);

    /// <summary>result += scale · (bits · values), each sum from zero and added once; without a scale result = bits · values.
    /// The padding of the result is zero. Where there are panels, the result goes there.</summary>
    public static void Run(
        ulong* bits, int rows, Matrix values, float? scale, Matrix result, ColumnPanels? panels, WorkerTeam team)
    {
        using PaddedRow zeros = PaddedRow.Zeros(result.Stride);
        fixed (float* initial = zeros.Values) Run(bits, rows, values, null, initial, scale, result, panels, team);
    }

    /// <summary>The same where every thread does some rows of the result, and no other thread writes near them: soonest where rows are many
    /// and short.</summary>
    public static void RunByRows(ulong* bits, int rows, Matrix values, float? scale, Matrix result, WorkerTeam team)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(rows);
        using PaddedRow zeros = PaddedRow.Zeros(result.Stride);
        fixed (float* initial = zeros.Values)
        fixed (int* order = rented)
        {
            long perRow = Math.Max(1, (long)result.Stride * values.Rows);
            team.Run(new InRows(bits, values, initial, scale, result, order), rows, (int)Math.Min(rows, SmallestRange / perRow));
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>Where the sums of some columns start from and where they go when some of their terms have been added.</summary>
    /// <param name="column">The first column.</param>
    /// <param name="width">How many columns, a multiple of 16.</param>
    /// <param name="first">Whether these terms are the first.</param>
    /// <param name="last">Whether they are the last.</param>
    /// <param name="unfinished">Room for [M, width] sums that are to be added once, when they are finished.</param>
    public RowPlaces Places(int column, int width, bool first, bool last, float* unfinished)
    {
        float* partial = Adds ? unfinished : Result + column;
        nint partialStride = Adds ? width : ResultStride;
        return new RowPlaces
        {
            From = first ? Initial + column : partial,
            FromStride = first ? 0 : partialStride,
            To = last ? Result + column : partial,
            ToStride = last ? ResultStride : partialStride,
        };
    }

    /// <summary>The same product with other values, which begin with a line.</summary>
    /// <param name="values">[R, stride] on 64-byte boundaries, for the columns from that line on.</param>
    /// <param name="firstLine">The line.</param>
    /// <param name="stride">Floats from one value row to the next.</param>
    public BinaryProduct With(float* values, int firstLine, int stride) =>
        this with { Values = values - firstLine * Matrix.Alignment, ValueStride = stride };

    /// <summary>Does the 64-byte lines start … end − 1 of every row.</summary>
    public void Run(int start, int end)
    {
        if ((ValuePanels ?? ResultPanels) is not { } panels)
        {
            RunLines(start, end);
            return;
        }

        for (int panel = 0; panel < panels.Count; panel++)
        {
            int first = Math.Max(start, panels.FirstLine(panel)), last = Math.Min(end, panels.FirstLine(panel + 1));
            if (first < last) Of(panel).RunLines(first, last);
        }
    }

    // The columns of one panel.
    private BinaryProduct Of(int panel)
    {
        BinaryProduct product = this;
        if (ValuePanels is { } v) product = product with { Values = v.Origin(panel), ValueStride = v.Stride(panel) };
        if (ResultPanels is { } r) product = product with { Result = r.Origin(panel), ResultStride = r.Stride(panel) };
        return product;
    }

    /// <summary>Asks for what all columns need: bits, and the order of their rows.</summary>
    public void FetchBits()
    {
        Fetching.Fetch(order, (nint)Rows * sizeof(int));
        Fetching.Fetch(Bits, (nint)Rows * Words * sizeof(ulong));
    }

    private void RunLines(int start, int end)
    {
        // Who does some of the columns is not the only thread, and may not have prepared the product.
        if (end - start < Lines)
        {
            FetchBits();
            Fetching.Fetch(Initial + start * Matrix.Alignment, (nint)(end - start) * Matrix.Alignment * sizeof(float));
        }

        // Sums that are to be added once must wait elsewhere until they are finished.
        float[] rented = ArrayPool<float>.Shared.Rent(Adds ? Rows * ActiveRows.MostLines * Matrix.Alignment + Matrix.Alignment : 0);
        fixed (float* room = rented)
        {
            float* unfinished = (float*)(((nuint)room + 63) & ~(nuint)63);
            if (sparse > 0) ActiveRows.Add(this, order, sparse, start, end, unfinished);
            if (sparse < Rows) AddDense(order + sparse, Rows - sparse, start, end, unfinished);
        }

        ArrayPool<float>.Shared.Return(rented);
        if (end == Lines && Columns % Matrix.Alignment != 0) ClearPadding();
    }

    private void AddDense(int* chosen, int count, int start, int end, float* unfinished)
    {
        if (RegisterTables.Serves(this, count))
            RegisterTables.Add(this, chosen, count, start, end, unfinished);
        else
            FourRussians.Add(this, chosen, count, start, end, unfinished);
    }

    private static void Run(
        ulong* bits, int rows, Matrix values, ColumnPanels? valuePanels, float* initial, float? scale, Matrix result,
        ColumnPanels? resultPanels, WorkerTeam team)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(rows);
        fixed (int* order = rented)
        {
            BinaryProduct product = new(bits, rows, values, initial, scale, result, order)
            {
                ValuePanels = valuePanels,
                ResultPanels = resultPanels,
            };
            int smallestShare = SmallestShare(rows, values);
            int smallestPiece = (int)Math.Max(SmallestPiece / AdditionsALine(rows, values), product.LinesAtATime);
            if ((valuePanels ?? resultPanels) is { } panels && panels.Count == team.Threads && RepaysShares(rows, values, panels.Count))
            {
                int pieces = Math.Max(1, product.Lines / panels.Count / smallestPiece);
                team.Run(new InPanels(product, panels, pieces), panels.Count * pieces, pieces, 1);
            }
            else
            {
                team.Run(product, product.Lines, smallestShare, smallestPiece);
            }
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private static int LinesOf(int columns) => (columns + Matrix.Alignment - 1) / Matrix.Alignment;

    private static long AdditionsALine(int rows, Matrix values) => Math.Max(1, (long)rows * values.Rows * Matrix.Alignment);

    // In lines.
    private static int SmallestShare(int rows, Matrix values) => (int)(SmallestRange / AdditionsALine(rows, values));

    // Shares are panels.
    private readonly struct InPanels(BinaryProduct product, ColumnPanels panels, int pieces) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                int panel = i / pieces, piece = i % pieces, begin = panels.FirstLine(panel), lines = panels.FirstLine(panel + 1) - begin;
                int first = begin + lines * piece / pieces, last = begin + lines * (piece + 1) / pieces;
                if (first < last) product.Of(panel).RunLines(first, last);
            }
        }
    }

    private readonly struct InRows(ulong* bits, Matrix values, float* initial, float? scale, Matrix result, int* order) : IRangeWork
    {
        public void Run(int start, int end)
        {
            int words = (values.Rows + 63) / 64;
            BinaryProduct rows = new(bits + (nint)start * words, end - start, values, initial, scale, result, order + start, start);
            rows.Run(0, rows.Lines);
        }
    }

    // The padding of the values may hold anything, and was added too.
    [MethodImpl(Compiled.Alone)]
    private void ClearPadding()
    {
        float* line = Result + (Lines - 1) * Matrix.Alignment;
        Vector512<float> columns = VectorMath.Mask((1UL << Columns % Matrix.Alignment) - 1);
        for (int row = 0; row < Rows; row++, line += ResultStride) (Vector512.LoadAligned(line) & columns).StoreAligned(line);
    }

    // Sparse rows to the front, dense rows to the back; returns the number of sparse ones.
    [MethodImpl(Compiled.Alone)]
    private static int Sort(ulong* bits, int rows, int words, int terms, int* order)
    {
        int front = 0, back = rows;
        for (int row = 0; row < rows; row++)
        {
            int ones = 0;
            for (int w = 0; w < words; w++) ones += BitOperations.PopCount(*bits++);
            // To both places, so that there is no branch to predict.
            bool isSparse = ones * 10L < terms * 3L;
            (order[front], order[back - 1]) = (row, row);
            front += isSparse ? 1 : 0;
            back -= isSparse ? 0 : 1;
        }

        return front;
    }
}
