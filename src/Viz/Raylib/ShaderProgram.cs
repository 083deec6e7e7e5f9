using System.Numerics;
using Raylib_cs;

namespace DreamViz.Viz.Window;

/// <summary>One effect on the graphics card: a vertex and a fragment shader, and the places of its uniforms.</summary>
internal sealed unsafe class ShaderProgram : IDisposable
{
    private readonly Shader shader;
    private readonly Dictionary<string, int> locations = [];

    private ShaderProgram(Shader shader) => this.shader = shader;

    /// <summary>Compiles and links; null where the driver refuses (raylib would silently draw with its own shader).</summary>
    public static ShaderProgram? TryCompile(string vertexSource, string fragmentSource)
    {
        Shader shader = Raylib.LoadShaderFromMemory(vertexSource, fragmentSource);
        if (shader.Id == Rlgl.GetShaderIdDefault() || !Raylib.IsShaderValid(shader)) return null;
        return new(shader);
    }

    /// <summary>Draws with this program until another is used.</summary>
    public void Use() => Rlgl.EnableShader(shader.Id);

    /// <summary>Sets a uniform of the program in use.</summary>
    public void Set(string name, Vector2 value) => Rlgl.SetUniform(Locate(name), &value, (int)ShaderUniformDataType.Vec2, 1);

    /// <inheritdoc cref="Set(string, Vector2)"/>
    public void Set(string name, Vector3 value) => Rlgl.SetUniform(Locate(name), &value, (int)ShaderUniformDataType.Vec3, 1);

    /// <inheritdoc cref="Set(string, Vector2)"/>
    public void Set(string name, Vector4 value) => Rlgl.SetUniform(Locate(name), &value, (int)ShaderUniformDataType.Vec4, 1);

    /// <summary>Binds a texture to a sampler of the program in use.</summary>
    public void Bind(string name, int slot, uint texture)
    {
        Rlgl.ActiveTextureSlot(slot);
        Rlgl.EnableTexture(texture);
        Rlgl.SetUniform(Locate(name), &slot, (int)ShaderUniformDataType.Int, 1);
    }

    /// <inheritdoc/>
    public void Dispose() => Raylib.UnloadShader(shader);

    private int Locate(string name)
    {
        if (!locations.TryGetValue(name, out int location))
            locations[name] = location = Raylib.GetShaderLocation(shader, name);
        return location;
    }
}
