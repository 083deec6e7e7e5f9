using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Screens.Gpu;
using Raylib_cs;

namespace DreamViz.Viz.Window;

/// <summary>Draws draw lists into a render texture of the picture's size: one upload of vertices a frame, then a few draws.
/// The texture's first row is the picture's first, so that what is read back stands upright.</summary>
internal sealed unsafe class RaylibTarget : IDisposable
{
    private const int VertexBytes = 40;

    private readonly GlyphAtlas atlas = new(GlyphCache.Shared);
    private readonly GpuFrame frame;
    private readonly TextureStore textures;
    private readonly ShaderLibrary shaders;
    private RenderTexture2D picture;
    private uint vertexArray;
    private uint vertexBuffer;
    private int capacity;

    /// <param name="shaderFolder">A folder of shaders to watch, or null.</param>
    /// <param name="notify">Where shader errors are said.</param>
    public RaylibTarget(string? shaderFolder, Action<Notice> notify)
    {
        frame = new(atlas.Place);
        textures = new(atlas);
        shaders = new(shaderFolder, notify);
    }

    /// <summary>The picture drawn last.</summary>
    public Texture2D Picture => picture.Texture;

    /// <summary>Draws a whole frame of this size into <see cref="Picture"/>.</summary>
    public void Draw(DrawList list, int width, int height, double seconds)
    {
        shaders.Watch(seconds);
        Resize(width, height);
        frame.Begin(width, height);
        list.Replay(frame);
        Upload();
        Raylib.BeginTextureMode(picture);
        Raylib.ClearBackground(Color.Black);
        Rlgl.DrawRenderBatchActive();
        Rlgl.DisableBackfaceCulling();
        Rlgl.SetBlendFactorsSeparate(
            Rlgl.SRC_ALPHA, Rlgl.ONE_MINUS_SRC_ALPHA, Rlgl.ONE, Rlgl.ONE_MINUS_SRC_ALPHA, Rlgl.FUNC_ADD, Rlgl.FUNC_ADD);
        Rlgl.SetBlendMode(BlendMode.CustomSeparate);
        Rlgl.EnableVertexArray(vertexArray);
        Rlgl.EnableScissorTest();
        foreach (GpuRun run in frame.Runs) Draw(run, new(width, height));
        Rlgl.DisableScissorTest();
        Rlgl.DisableVertexArray();
        Rlgl.DisableShader();
        Rlgl.ActiveTextureSlot(0);
        Rlgl.DisableTexture();
        Rlgl.SetBlendMode(BlendMode.Alpha);
        Raylib.EndTextureMode();
        textures.EndFrame();
    }

    /// <summary>Reads the picture back: width · height · 4 bytes RGBA, first row first.</summary>
    public byte[] ReadPixels()
    {
        int bytes = picture.Texture.Width * picture.Texture.Height * 4;
        void* pixels = Rlgl.ReadTexturePixels(picture.Texture.Id, picture.Texture.Width, picture.Texture.Height, PixelFormat.UncompressedR8G8B8A8);
        byte[] copy = new ReadOnlySpan<byte>(pixels, bytes).ToArray();
        Raylib.MemFree(pixels);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (picture.Id != 0) Raylib.UnloadRenderTexture(picture);
        if (vertexArray != 0) Rlgl.UnloadVertexArray(vertexArray);
        if (vertexBuffer != 0) Rlgl.UnloadVertexBuffer(vertexBuffer);
        textures.Dispose();
        shaders.Dispose();
    }

    private static Vector3 ToVector(Rgba color) => new Vector3(color.Red, color.Green, color.Blue) / 255;

    private void Resize(int width, int height)
    {
        if (picture.Id != 0 && picture.Texture.Width == width && picture.Texture.Height == height) return;
        if (picture.Id != 0) Raylib.UnloadRenderTexture(picture);
        picture = Raylib.LoadRenderTexture(width, height);
        Raylib.SetTextureFilter(picture.Texture, TextureFilter.Bilinear);
    }

    private void Upload()
    {
        ReadOnlySpan<GpuVertex> vertices = frame.Vertices;
        if (vertices.Length > capacity)
        {
            if (vertexArray != 0) Rlgl.UnloadVertexArray(vertexArray);
            if (vertexBuffer != 0) Rlgl.UnloadVertexBuffer(vertexBuffer);
            capacity = Math.Max(1 << 14, (int)BitOperations.RoundUpToPowerOf2((uint)vertices.Length));
            vertexArray = Rlgl.LoadVertexArray();
            Rlgl.EnableVertexArray(vertexArray);
            vertexBuffer = Rlgl.LoadVertexBuffer(null, capacity * VertexBytes, true);
            Describe(0, 2, Rlgl.FLOAT, false, 0);
            Describe(1, 3, Rlgl.FLOAT, false, 8);
            Describe(2, 4, Rlgl.FLOAT, false, 20);
            Describe(3, 4, Rlgl.UNSIGNED_BYTE, true, 36);
            Rlgl.DisableVertexArray();
        }

        fixed (GpuVertex* data = vertices) Rlgl.UpdateVertexBuffer(vertexBuffer, data, vertices.Length * VertexBytes, 0);
    }

    private static void Describe(uint location, int components, int type, bool normalized, int offset)
    {
        Rlgl.SetVertexAttribute(location, components, type, normalized, VertexBytes, offset);
        Rlgl.EnableVertexAttribute(location);
    }

    private void Draw(GpuRun run, Vector2 size)
    {
        ShaderProgram program = shaders[run.Effect];
        program.Use();
        program.Set("viewport", size);
        switch (run.Effect)
        {
            case GpuEffect.Image:
                program.Bind("values", 0, textures.ImageTexture(frame.Images[run.Item], frame.Payload));
                program.Bind("maps", 1, textures.ColorMapTexture);
                break;
            case GpuEffect.Cells:
                BindCells(program, run.Item);
                break;
            default:
                program.Bind("glyphs", 0, textures.GlyphTexture());
                break;
        }

        // A pixel belongs to the clip where its centre lies inside, as in the software canvas.
        int left = (int)MathF.Round(run.Clip.X), top = (int)MathF.Round(run.Clip.Y);
        Rlgl.Scissor(left, top, (int)MathF.Round(run.Clip.Right) - left, (int)MathF.Round(run.Clip.Bottom) - top);
        Rlgl.DrawVertexArray(run.First, run.Count);
    }

    private void BindCells(ShaderProgram program, int item)
    {
        GpuCells cells = frame.Layers[item];
        CellGrid grid = cells.Grid;
        program.Bind("units", 0, textures.LayerTexture(item, cells, frame.Payload));
        program.Set("grid", new Vector4(grid.X, grid.Y, grid.Pitch, grid.Cell));
        program.Set("shape", new Vector4(grid.Rows, grid.Columns(cells.Units), cells.Units, grid.Reflected ? 1 : 0));
        program.Set("look", new Vector4(grid.Shape == CellShape.Round ? 1 : 0, grid.Opacity, grid.Scale, cells.Glows ? 1 : 0));
        bool round = grid.Shape == CellShape.Round;
        program.Set("offColor", ToVector(Palette.OffCell));
        program.Set("onColor", ToVector(round ? Palette.Dream : Palette.Wake));
        program.Set("outlineColor", ToVector(Palette.OffOutline));
        program.Set("dotColor", ToVector(round ? Palette.DreamDot : Palette.WakeDot));
        program.Set("groundColor", ToVector(Palette.Ground));
        program.Set("focusColor", ToVector(Palette.Focus));
    }
}
