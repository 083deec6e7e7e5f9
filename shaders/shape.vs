#version 330
// Vertex shader of every effect: pixels of the picture to clip space, the first row of the picture first in memory.
//
// Bound by RaylibTarget. Uniforms:
//   viewport  width and height of the picture, in pixels, > 0
// Attributes: position in pixels; local = (x, y, kind); shape = four numbers whose meaning depends on the kind; color 0 to 1.

layout(location = 0) in vec2 position;
layout(location = 1) in vec3 local;
layout(location = 2) in vec4 shape;
layout(location = 3) in vec4 color;

uniform vec2 viewport;

out vec3 fragLocal;
flat out vec4 fragShape;
out vec4 fragColor;

void main()
{
    fragLocal = local;
    fragShape = shape;
    fragColor = color;
    gl_Position = vec4(position / viewport * 2.0 - 1.0, 0.0, 1.0);
}
