#version 330
// Boxes, frames, lines, lights, plain triangles and glyphs, anti-aliased by signed distance: a shape covers a pixel centre at
// distance d from its edge (negative inside) by clamp(0.5 - d, 0, 1).
//
// Bound by RaylibTarget. Uniforms:
//   glyphs    texture of glyph coverage, red channel 0 to 1, read texel by texel
// fragLocal.z is the kind, fragLocal.xy a position in pixels, fragShape its numbers:
//   0 box     xy from the centre; shape = half width, half height, corner radius, -
//   1 frame   as box; shape.w = width of the band inside the edge
//   2 line    x along the segment from its start, y across; shape = length, half width, -, -
//   3 light   xy from the centre; shape = radius, -, -, -: opacity (1 - t)^2 at distance t * radius
//   4 plain   the vertex colour
//   5 glyph   xy in texels of the atlas

in vec3 fragLocal;
flat in vec4 fragShape;
in vec4 fragColor;

uniform sampler2D glyphs;

out vec4 finalColor;

float coverage(float distance) { return clamp(0.5 - distance, 0.0, 1.0); }

float roundedBox(vec2 p, vec2 halfSize, float radius)
{
    vec2 q = abs(p) - halfSize + radius;
    return min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - radius;
}

void main()
{
    int kind = int(fragLocal.z + 0.5);
    vec2 p = fragLocal.xy;
    float alpha = 1.0;
    if (kind == 0) alpha = coverage(roundedBox(p, fragShape.xy, fragShape.z));
    else if (kind == 1)
    {
        float d = roundedBox(p, fragShape.xy, fragShape.z);
        alpha = coverage(d) - coverage(d + fragShape.w);
    }
    else if (kind == 2) alpha = coverage(length(vec2(p.x - clamp(p.x, 0.0, fragShape.x), p.y)) - fragShape.y);
    else if (kind == 3)
    {
        float rest = max(0.0, 1.0 - length(p) / fragShape.x);
        alpha = rest * rest;
    }
    else if (kind == 5) alpha = texelFetch(glyphs, ivec2(p), 0).r;

    finalColor = vec4(fragColor.rgb, fragColor.a * alpha);
}
