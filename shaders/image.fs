#version 330
// A small picture of bytes through a colour map, sharp or smoothed (Catmull-Rom), clipped to a rounded box.
//
// Bound by RaylibTarget. Uniforms:
//   values    one texel a value, red channel 0 to 1
//   maps      the colour maps, 256 texels a row
// fragLocal.xy is the position from the centre in pixels, fragLocal.z the row of the colour map, plus 16 when smoothed;
// fragShape = half width, half height, corner radius, -; fragColor.a the opacity.

in vec3 fragLocal;
flat in vec4 fragShape;
in vec4 fragColor;

uniform sampler2D values;
uniform sampler2D maps;

out vec4 finalColor;

float roundedBox(vec2 p, vec2 halfSize, float radius)
{
    vec2 q = abs(p) - halfSize + radius;
    return min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - radius;
}

float valueAt(ivec2 at, ivec2 size) { return texelFetch(values, clamp(at, ivec2(0), size - 1), 0).r; }

vec4 weights(float t)
{
    return vec4(((2.0 - t) * t - 1.0) * t, (3.0 * t - 5.0) * t * t + 2.0, ((4.0 - 3.0 * t) * t + 1.0) * t, (t - 1.0) * t * t) * 0.5;
}

float smoothed(vec2 at, ivec2 size)
{
    ivec2 base = ivec2(floor(at));
    vec2 t = at - vec2(base);
    vec4 wx = weights(t.x), wy = weights(t.y);
    float sum = 0.0;
    for (int row = 0; row < 4; row++)
        for (int column = 0; column < 4; column++)
            sum += wy[row] * wx[column] * valueAt(base + ivec2(column - 1, row - 1), size);
    return clamp(sum, 0.0, 1.0);
}

void main()
{
    int kind = int(fragLocal.z + 0.5);
    ivec2 size = textureSize(values, 0);
    vec2 at = (fragLocal.xy / fragShape.xy * 0.5 + 0.5) * vec2(size);
    float value = kind >= 16 ? smoothed(at - 0.5, size) : valueAt(ivec2(floor(at)), size);
    vec3 color = texelFetch(maps, ivec2(int(value * 255.0 + 0.5), kind & 15), 0).rgb;
    float alpha = clamp(0.5 - roundedBox(fragLocal.xy, fragShape.xy, fragShape.z), 0.0, 1.0);
    finalColor = vec4(color, alpha * fragColor.a);
}
