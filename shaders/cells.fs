#version 330
// A layer of units: one texel a unit (red: fill, green: glow, blue: marks). Glow lies under all cells, marks over all.
// Geometry as in the remarks of CellGrid.
//
// Bound by RaylibTarget. Uniforms:
//   units     n x 1 texels
//   grid      x, y, pitch, cell, in pixels
//   shape     rows >= 1, columns, n, 1 where reflected
//   look      1 where round, opacity 0 to 1, scale > 0, 1 where any unit glows
//   offColor, onColor, outlineColor, dotColor, groundColor, focusColor
// fragLocal.xy is the pixel of the picture.

in vec3 fragLocal;

uniform sampler2D units;
uniform vec4 grid;
uniform vec4 shape;
uniform vec4 look;
uniform vec3 offColor;
uniform vec3 onColor;
uniform vec3 outlineColor;
uniform vec3 dotColor;
uniform vec3 groundColor;
uniform vec3 focusColor;

out vec4 finalColor;

vec4 result = vec4(0.0);

void over(vec3 color, float alpha)
{
    alpha *= look.y;
    result = vec4(color * alpha, alpha) + result * (1.0 - alpha);
}

float coverage(float distance) { return clamp(0.5 - distance, 0.0, 1.0); }

// Distance to the edge of the cell's shape of this half size; outside C/2 the corners of squares grow with it.
float edge(vec2 p, float halfSize, float radius)
{
    if (look.x > 0.5) return length(p) - halfSize;
    vec2 q = abs(p) - halfSize + radius;
    return min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - radius;
}

float side() { return max(1.0, floor(grid.w + 0.5)); }

float band(vec2 p, float inner, float outer)
{
    float corner = side() / 8.0 - side() / 2.0;
    return coverage(edge(p, outer, max(0.0, corner + outer))) - coverage(edge(p, inner, max(0.0, corner + inner)));
}

float disc(vec2 p, float diameter) { return coverage(edge(p, diameter / 2.0, 0.0)); }

float segment(vec2 p, vec2 a, vec2 b, float width)
{
    vec2 along = b - a;
    float t = clamp(dot(p - a, along) / dot(along, along), 0.0, 1.0);
    return coverage(length(p - a - along * t) - width / 2.0);
}

// The unit in this column and row as drawn, or -1; its centre on whole pixels.
int unitAt(int column, int row, out vec2 center)
{
    vec2 corner = floor(grid.xy + vec2(column, row) * grid.z + (grid.z - grid.w) / 2.0 + 0.5);
    center = corner + side() / 2.0;
    if (column < 0 || row < 0 || column >= int(shape.y) || row >= int(shape.x)) return -1;
    if (shape.w > 0.5) column = int(shape.y) - 1 - column;
    int unit = column * int(shape.x) + row;
    return unit < int(shape.z) ? unit : -1;
}

void drawMarks(vec2 p, int marks)
{
    float C = side(), s = look.z;
    if ((marks & 1) != 0 && C >= 10.0 * s) over(dotColor, disc(p, max(2.0, 0.34 * C)));
    if ((marks & 8) != 0)
    {
        over(dotColor, disc(p, max(4.0, 0.5 * C)));
        over(groundColor, disc(p, max(2.0, 0.3 * C)));
    }
    if ((marks & 6) != 0)
    {
        float w = clamp(0.2 * C, 1.0, 2.0 * s), gap = clamp(0.1 * C, 0.5, 1.5 * s), outer = C / 2.0 + w / 2.0;
        over(groundColor, band(p, outer - w - gap, outer - w));
        over(focusColor, band(p, outer - w, outer));
    }
    if ((marks & 4) != 0)
    {
        float w = max(1.0, min(1.75 * s, 0.12 * C)), r = 0.22 * C;
        over(focusColor, segment(p, vec2(-r, -r), vec2(r, r), w));
        over(focusColor, segment(p, vec2(-r, r), vec2(r, -r), w));
    }
    if ((marks & 16) != 0) over(focusColor, band(p, C / 2.0 + 0.75 * s, C / 2.0 + 2.0 * s));
}

void main()
{
    float C = side(), s = look.z;
    vec2 at = (fragLocal.xy - grid.xy) / grid.z;
    ivec2 home = ivec2(floor(at));
    vec2 center;
    if (look.w > 0.5)
    {
        // A light ends 1.6 C from its centre, which reaches the second neighbour only where cells nearly touch.
        int reach = 1.6 * C > 1.5 * grid.z ? 2 : 1;
        for (int column = home.x - reach; column <= home.x + reach; column++)
            for (int row = home.y - reach; row <= home.y + reach; row++)
            {
                int unit = unitAt(column, row, center);
                if (unit < 0) continue;
                float rest = 1.0 - length(fragLocal.xy - center) / (1.6 * C);
                if (rest <= 0.0) continue;
                float glow = floor(texelFetch(units, ivec2(unit, 0), 0).g * 255.0 + 0.5);
                if (glow >= 3.0) over(onColor, 0.65 * glow / 255.0 * rest * rest);
            }
    }

    // Cells stand on whole pixels, so a pixel may belong to the cell beside the one in whose pitch it lies.
    ivec2 beside = ivec2(lessThan(fract(at), vec2(0.5))) * -2 + 1;
    for (int c = 0; c < 2; c++)
        for (int r = 0; r < 2; r++)
        {
            int unit = unitAt(home.x + c * beside.x, home.y + r * beside.y, center);
            if (unit < 0) continue;
            vec2 p = fragLocal.xy - center;
            float d = edge(p, C / 2.0, C / 8.0), inside = coverage(d);
            if (inside <= 0.0) continue;
            vec4 state = texelFetch(units, ivec2(unit, 0), 0);
            over(mix(offColor, onColor, state.r), inside);
            if (C >= 8.0 * s) over(mix(outlineColor, onColor, state.r), inside - coverage(d + max(1.0, floor(s + 0.5))));
        }

    for (int c = 0; c < 2; c++)
        for (int r = 0; r < 2; r++)
        {
            int unit = unitAt(home.x + c * beside.x, home.y + r * beside.y, center);
            if (unit < 0) continue;
            int marks = int(texelFetch(units, ivec2(unit, 0), 0).b * 255.0 + 0.5);
            if (marks != 0) drawMarks(fragLocal.xy - center, marks);
        }

    if (result.a <= 0.0) discard;
    finalColor = vec4(result.rgb / result.a, result.a);
}
