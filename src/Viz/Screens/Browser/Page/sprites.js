// Small pictures that are drawn once and stamped often. Their coverage is computed by signed distance, exactly as the
// definition of the drawing operations says, so they look the same as on every other screen.

const red = color => color >>> 24;
const green = color => color >>> 16 & 255;
const blue = color => color >>> 8 & 255;
export const alpha = color => color & 255;

// Small, because a page that changes between two stamps is copied.
const pageSide = 256;
const maximumPages = 64;
const clamp = (value, low, high) => value < low ? low : value > high ? high : value;
// Math.hypot, but fast.
const length = (x, y) => Math.sqrt(x * x + y * y);
const coverage = distance => clamp(0.5 - distance, 0, 1);

export function mix(from, to, t) {
  const channel = shift => Math.round((from >>> shift & 255) + ((to >>> shift & 255) - (from >>> shift & 255)) * t);
  return (channel(24) << 24 | channel(16) << 16 | channel(8) << 8 | channel(0)) >>> 0;
}

// The signed distance to a rounded box around the origin, negative inside.
function roundedBox(x, y, halfWidth, halfHeight, radius) {
  const qx = Math.abs(x) - halfWidth + radius, qy = Math.abs(y) - halfHeight + radius;
  return length(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - radius;
}

// Canvases on which sprites stand in rows; when there are too many, all are given up and made again as they are needed.
export class Atlas {
  #sprites = new Map();
  #pages = [];
  #x = 0;
  #y = 0;
  #row = 0;

  // The sprite of a key; make() gives its pixels and where its corner lies.
  find(key, make) {
    return this.#sprites.get(key) ?? this.#add(key, make());
  }

  #add(key, { pixels, left, top }) {
    const { width, height } = pixels;
    if (this.#x + width > pageSide) [this.#x, this.#y, this.#row] = [0, this.#y + this.#row, 0];
    if (this.#pages.length === 0 || this.#y + height > pageSide) this.#turn(width, height);
    const page = this.#pages.at(-1);
    const sprite = { canvas: page.canvas, x: this.#x, y: this.#y, width, height, left, top };
    page.putImageData(pixels, this.#x, this.#y);
    this.#x += width;
    this.#row = Math.max(this.#row, height);
    this.#sprites.set(key, sprite);
    return sprite;
  }

  #turn(width, height) {
    if (this.#pages.length >= maximumPages) {
      this.#sprites.clear();
      this.#pages = [];
    }
    this.#pages.push(new OffscreenCanvas(Math.max(pageSide, width), Math.max(pageSide, height)).getContext("2d"));
    [this.#x, this.#y, this.#row] = [0, 0, 0];
  }
}

// A glyph in one colour: full coverage within half the stroke's width of its centre lines.
export function glyphPixels(glyph, color) {
  const points = glyph.lines.flat();
  if (points.length === 0) return { pixels: new ImageData(1, 1), left: 0, top: 0 };
  const reach = glyph.width / 2 + 1;
  const left = Math.floor(Math.min(...points.map(p => p.x)) - reach), top = Math.floor(Math.min(...points.map(p => p.y)) - reach);
  const right = Math.ceil(Math.max(...points.map(p => p.x)) + reach), bottom = Math.ceil(Math.max(...points.map(p => p.y)) + reach);
  const pixels = new ImageData(right - left, bottom - top);
  for (let y = top, at = 0; y < bottom; y++)
    for (let x = left; x < right; x++, at += 4) {
      let distance = reach;
      for (const line of glyph.lines) distance = Math.min(distance, polylineDistance(line, x + 0.5, y + 0.5));
      setPixel(pixels.data, at, color, coverage(distance - glyph.width / 2));
    }
  return { pixels, left, top };
}

function polylineDistance(line, x, y) {
  let nearest = length(x - line[0].x, y - line[0].y);
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1], dx = line[i].x - a.x, dy = line[i].y - a.y, square = dx * dx + dy * dy;
    const t = square > 0 ? clamp(((x - a.x) * dx + (y - a.y) * dy) / square, 0, 1) : 0;
    nearest = Math.min(nearest, length(x - a.x - t * dx, y - a.y - t * dy));
  }
  return nearest;
}

// How much of each pixel of a unit its body, its outline and its dot cover, see CellGrid: side in pixels, outline and dot 0
// where there is none.
export function cellMasks({ side, round, outline, dot }) {
  const half = side / 2, radius = round ? half : side / 8;
  const masks = { body: new Float32Array(side * side), outline: new Float32Array(side * side), dot: new Float32Array(side * side) };
  for (let j = 0, at = 0; j < side; j++)
    for (let i = 0; i < side; i++, at++) {
      const x = i + 0.5 - half, y = j + 0.5 - half, distance = roundedBox(x, y, half, half, radius);
      masks.body[at] = coverage(distance);
      if (outline > 0) masks.outline[at] = clamp(Math.min(0.5 - distance, distance + outline + 0.5), 0, 1);
      if (dot > 0) masks.dot[at] = coverage(roundedBox(x, y, dot / 2, dot / 2, round ? dot / 2 : 0));
    }
  return masks;
}

// A unit in its colours.
export function cellPixels({ side, masks, opacity, fillColor, outlineColor, dotColor }, dotted) {
  const pixels = new ImageData(side, side);
  for (let i = 0; i < side * side; i++) {
    setPixel(pixels.data, 4 * i, fillColor, masks.body[i] * opacity);
    if (masks.outline[i] > 0) blendPixel(pixels.data, 4 * i, outlineColor, masks.outline[i] * opacity);
    if (dotted && masks.dot[i] > 0) blendPixel(pixels.data, 4 * i, dotColor, masks.dot[i] * opacity);
  }
  return { pixels, left: 0, top: 0 };
}

// A soft light around (x, y) on a square of this many pixels: opacity (1 − t)² at distance t · radius.
export function glowPixels(side, x, y, radius, color) {
  const pixels = new ImageData(side, side);
  for (let j = 0, at = 0; j < side; j++)
    for (let i = 0; i < side; i++, at += 4) {
      const rest = 1 - Math.min(1, length(i + 0.5 - x, j + 0.5 - y) / radius);
      setPixel(pixels.data, at, color, rest * rest);
    }
  return pixels;
}

export function toCanvas(pixels, canvas = new OffscreenCanvas(pixels.width, pixels.height)) {
  canvas.getContext("2d").putImageData(pixels, 0, 0);
  return canvas;
}

// A small picture through a colour table, covering the pixels that a rounded box touches; x and y are the box's fractions
// of a pixel.
export function imagePixels({ x, y, width, height, radius, columns, values, table, smooth }) {
  const pixels = new ImageData(Math.ceil(x + width), Math.ceil(y + height));
  const rows = values.length / columns;
  const across = taps(pixels.width, x, width, columns, smooth), down = taps(pixels.height, y, height, rows, smooth);
  const stretched = stretchRows(values, rows, columns, across);
  const colors = Uint32Array.from(table, toMemory);
  const out = new Uint32Array(pixels.data.buffer);
  for (let j = 0; j < pixels.height; j++) {
    const { index, weight } = down;
    const [r0, r1, r2, r3] = [0, 1, 2, 3].map(k => index[4 * j + k] * pixels.width);
    const [w0, w1, w2, w3] = [0, 1, 2, 3].map(k => weight[4 * j + k]);
    for (let i = 0; i < pixels.width; i++) {
      const value = w0 * stretched[r0 + i] + w1 * stretched[r1 + i] + w2 * stretched[r2 + i] + w3 * stretched[r3 + i];
      out[j * pixels.width + i] = colors[value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5 | 0];
    }
  }
  roundCorners(pixels, x, y, width, height, Math.min(radius, width / 2, height / 2));
  return pixels;
}

// For each of the pixels the four values it is mixed from, and how: Catmull–Rom, values beyond the border repeated.
function taps(pixels, start, length, count, smooth) {
  const index = new Int32Array(4 * pixels), weight = new Float32Array(4 * pixels);
  for (let i = 0; i < pixels; i++) {
    const u = (i + 0.5 - start) * count / length;
    const base = Math.floor(smooth ? u - 0.5 : u), t = u - 0.5 - base;
    const weights = smooth
      ? [((2 - t) * t - 1) * t / 2, ((3 * t - 5) * t * t + 2) / 2, ((4 - 3 * t) * t + 1) * t / 2, (t - 1) * t * t / 2]
      : [0, 1, 0, 0];
    for (let k = 0; k < 4; k++) {
      index[4 * i + k] = clamp(base - 1 + k, 0, count - 1);
      weight[4 * i + k] = weights[k];
    }
  }
  return { index, weight };
}

function stretchRows(values, rows, columns, { index, weight }) {
  const width = index.length / 4, stretched = new Float32Array(rows * width);
  for (let row = 0, at = 0; row < rows; row++)
    for (let i = 0; i < 4 * width; i += 4, at++)
      stretched[at] = weight[i] * values[row * columns + index[i]] + weight[i + 1] * values[row * columns + index[i + 1]]
        + weight[i + 2] * values[row * columns + index[i + 2]] + weight[i + 3] * values[row * columns + index[i + 3]];
  return stretched;
}

// Whole boxes have partial coverage in their first and last few columns only.
function roundCorners(pixels, x, y, width, height, radius) {
  const whole = Number.isInteger(x) && Number.isInteger(y) && Number.isInteger(width) && Number.isInteger(height);
  const band = whole ? Math.ceil(radius) : pixels.width;
  for (let j = 0; j < pixels.height; j++)
    for (let i = 0; i < pixels.width; i++) {
      if (i === band) i = Math.max(i, pixels.width - band);
      if (i >= pixels.width) break;
      const distance = roundedBox(i + 0.5 - x - width / 2, j + 0.5 - y - height / 2, width / 2, height / 2, radius);
      pixels.data[4 * (j * pixels.width + i) + 3] *= coverage(distance);
    }
}

function setPixel(data, at, color, opacity) {
  data[at] = red(color);
  data[at + 1] = green(color);
  data[at + 2] = blue(color);
  data[at + 3] = Math.round(255 * opacity);
}

function blendPixel(data, at, color, opacity) {
  const under = data[at + 3] / 255, out = opacity + under * (1 - opacity);
  if (out === 0) return;
  for (let c = 0; c < 3; c++)
    data[at + c] = Math.round(((color >>> 24 - 8 * c & 255) * opacity + data[at + c] * under * (1 - opacity)) / out);
  data[at + 3] = Math.round(255 * out);
}

// 0xRRGGBBAA as it lies in the memory of an ImageData.
const toMemory = color => {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, color);
  return view.getUint32(0, true);
};
