// Draws the operations of a draw list (DrawList.cs, IDrawTarget.cs, Primitives.cs) on a canvas.

import { Atlas, alpha, cellMasks, cellPixels, glowPixels, glyphPixels, imagePixels, mix, toCanvas } from "./sprites.js";

// Codes 1, 2, … of the operations.
const operations = [
  "fill", "stroke", "line", "curve", "polygon", "glow", "gradient", "glyphs", "image", "cells", "pushClip", "popClip",
];
const marks = { dot: 1, clampOn: 2, clampOff: 4, followed: 8, ring: 16 };
const maximumCachedPixels = 1 << 23;
const maximumGlows = 256;
const largeLight = 64;
const maximumLights = 16;
const maximumCellStyles = 64;

export class Painter {
  #context;
  #colors;
  #glyphs = [];
  #styles = new Map();
  #glyphAtlas = new Atlas();
  #cellAtlas = new Atlas();
  #cellStyles = new Map();
  #glows = new Map();
  #lights = new Map();
  #images = new Map();
  #imagePixels = 0;

  constructor(canvas) {
    this.#context = canvas.getContext("2d", { alpha: false });
  }

  setColors(colors) {
    this.#colors = colors;
  }

  addGlyphs(glyphs) {
    for (const glyph of glyphs) this.#glyphs[glyph.number] = glyph;
  }

  // Draws a frame of this size.
  draw(reader, width, height) {
    const context = this.#context, canvas = context.canvas;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    context.reset();
    context.lineCap = context.lineJoin = "round";
    while (!reader.atEnd) {
      const name = operations[reader.u8() - 1];
      if (!name) throw new Error("A frame holds an operation of no known code.");
      this[name](reader);
    }
  }

  fill(reader) {
    const box = readBox(reader), radius = reader.f32();
    this.#context.fillStyle = this.#style(reader.u32());
    this.#fillBox(box, radius);
  }

  stroke(reader) {
    const { x, y, width, height } = readBox(reader);
    let radius = reader.f32();
    const band = reader.f32();
    const style = this.#style(faded(reader.u32(), Math.min(1, band)));
    const lineWidth = Math.max(1, band), context = this.#context;
    radius = Math.min(radius, width / 2, height / 2);
    if (2 * lineWidth >= Math.min(width, height)) {
      context.fillStyle = style;
      this.#fillBox({ x, y, width, height }, radius);
      return;
    }
    context.strokeStyle = style;
    context.lineWidth = lineWidth;
    context.beginPath();
    addBox(context, x + lineWidth / 2, y + lineWidth / 2, width - lineWidth, height - lineWidth, radius - lineWidth / 2);
    context.lineJoin = "miter";
    context.stroke();
    context.lineJoin = "round";
  }

  line(reader) {
    const context = this.#context;
    context.beginPath();
    tracePoints(context, reader);
    const width = reader.f32(), dash = reader.f32();
    if (dash > 0) context.setLineDash([dash, dash]);
    this.#strokePath(width, reader.u32());
    if (dash > 0) context.setLineDash([]);
  }

  curve(reader) {
    const context = this.#context;
    context.beginPath();
    // The 16 chords of the definition are nowhere a tenth of a pixel away, but take twice the time.
    context.moveTo(reader.f32(), reader.f32());
    context.bezierCurveTo(reader.f32(), reader.f32(), reader.f32(), reader.f32(), reader.f32(), reader.f32());
    this.#strokePath(reader.f32(), reader.u32());
  }

  polygon(reader) {
    const context = this.#context;
    context.beginPath();
    tracePoints(context, reader);
    context.closePath();
    context.fillStyle = this.#style(reader.u32());
    context.fill("evenodd");
  }

  glow(reader) {
    const x = reader.f32(), y = reader.f32(), radius = reader.f32(), color = reader.u32();
    const opacity = alpha(color) / 255, light = radius >= largeLight ? this.#light(x, y, radius, color) : null;
    if (light) {
      this.#context.globalAlpha = opacity;
      this.#context.drawImage(light, Math.floor(x - radius), Math.floor(y - radius));
    } else this.#stampGlow(x, y, radius, color, opacity);
    this.#context.globalAlpha = 1;
  }

  gradient(reader) {
    const { x, y, width, height } = readBox(reader);
    const from = this.#style(reader.u32()), to = this.#style(reader.u32()), vertical = reader.u8() !== 0;
    const gradient = this.#context.createLinearGradient(x, y, vertical ? x : x + width, vertical ? y + height : y);
    gradient.addColorStop(0, from);
    gradient.addColorStop(1, to);
    this.#context.fillStyle = gradient;
    this.#context.fillRect(x, y, width, height);
  }

  glyphs(reader) {
    const context = this.#context, atlas = this.#glyphAtlas;
    const baseline = reader.i16(), count = reader.i32();
    const placed = reader.at;
    reader.at += 4 * count;
    const color = reader.u32(), next = reader.at, opaque = (color | 255) >>> 0;
    reader.at = placed;
    context.globalAlpha = alpha(color) / 255;
    for (let i = 0; i < count; i++) {
      const number = reader.u16(), x = reader.i16();
      const sprite = atlas.find(number * 0x1000000 + (color >>> 8), () => glyphPixels(this.#glyphs[number], opaque));
      const { width, height } = sprite;
      context.drawImage(sprite.canvas, sprite.x, sprite.y, width, height, x + sprite.left, baseline + sprite.top, width, height);
    }
    context.globalAlpha = 1;
    reader.at = next;
  }

  image(reader) {
    const box = readBox(reader), radius = reader.f32(), columns = reader.i32();
    const values = reader.span(reader.i32()), map = reader.u8(), smooth = reader.u8() !== 0;
    this.#context.globalAlpha = Math.min(1, Math.max(0, reader.f32()));
    const left = Math.floor(box.x), top = Math.floor(box.y);
    const canvas = this.#imageCanvas({
      x: box.x - left, y: box.y - top, width: box.width, height: box.height, radius, columns, values, smooth, map,
      table: this.#colors.maps[map],
    });
    this.#context.drawImage(canvas, left, top);
    this.#context.globalAlpha = 1;
  }

  cells(reader) {
    const grid = {
      x: reader.f32(), y: reader.f32(), pitch: reader.f32(), cell: reader.f32(), rows: reader.i32(), reflected: reader.u8() !== 0,
      round: reader.u8() !== 0, opacity: Math.min(1, Math.max(0, reader.f32())), scale: reader.f32(),
    };
    const fill = reader.span(reader.i32()), glow = reader.span(reader.i32()), mark = reader.span(reader.i32());
    const style = this.#cellStyle(grid), places = cellPlaces(grid, fill.length);
    const { side } = style;
    for (let i = 0; i < glow.length; i++)
      if (glow[i] >= 3)
        this.#stampGlow(places[2 * i] + side / 2, places[2 * i + 1] + side / 2, 1.6 * side, style.on, 0.65 * glow[i] / 255 * grid.opacity);
    this.#context.globalAlpha = 1;
    for (let i = 0; i < fill.length; i++) this.#stampCell(style, fill[i], mark[i] & marks.dot, places[2 * i], places[2 * i + 1]);
    for (let i = 0; i < mark.length; i++)
      if (mark[i] & ~marks.dot) this.#drawMarks(style, mark[i], places[2 * i] + side / 2, places[2 * i + 1] + side / 2);
  }

  pushClip(reader) {
    const { x, y, width, height } = readBox(reader), context = this.#context;
    const left = Math.round(x), top = Math.round(y);
    context.save();
    context.beginPath();
    context.rect(left, top, Math.round(x + width) - left, Math.round(y + height) - top);
    context.clip();
  }

  popClip() {
    this.#context.restore();
  }

  #style(color) {
    let style = this.#styles.get(color);
    if (style === undefined) {
      if (this.#styles.size > 4096) this.#styles.clear();
      style = "#" + color.toString(16).padStart(8, "0");
      this.#styles.set(color, style);
    }
    return style;
  }

  #fillBox({ x, y, width, height }, radius) {
    if (radius <= 0) {
      this.#context.fillRect(x, y, width, height);
      return;
    }
    this.#context.beginPath();
    addBox(this.#context, x, y, width, height, Math.min(radius, width / 2, height / 2));
    this.#context.fill();
  }

  #strokePath(width, color) {
    this.#context.strokeStyle = this.#style(faded(color, Math.min(1, width)));
    this.#context.lineWidth = Math.max(1, width);
    this.#context.stroke();
  }

  // The sprite of a large light that stands still, pixel by pixel: scaling one takes ten times as long. Null at first sight.
  #light(x, y, radius, color) {
    x -= Math.floor(x - radius);
    y -= Math.floor(y - radius);
    const key = `${x},${y},${radius},${color >>> 8}`, seen = this.#lights.has(key);
    let light = this.#lights.get(key) ?? null;
    if (seen && !light) light = toCanvas(glowPixels(Math.ceil(2 * radius) + 1, x, y, radius, color));
    if (!seen && this.#lights.size >= maximumLights) this.#lights.clear();
    this.#lights.set(key, light);
    return light;
  }

  // Leaves globalAlpha changed.
  #stampGlow(x, y, radius, color, opacity) {
    const side = Math.min(512, Math.max(16, 2 ** Math.ceil(Math.log2(2 * radius))));
    const key = side * 0x1000000 + (color >>> 8);
    let sprite = this.#glows.get(key);
    if (!sprite) {
      if (this.#glows.size >= maximumGlows) this.#glows.clear();
      sprite = toCanvas(glowPixels(side, side / 2, side / 2, side / 2, color));
      this.#glows.set(key, sprite);
    }
    this.#context.globalAlpha = opacity;
    this.#context.drawImage(sprite, x - radius, y - radius, 2 * radius, 2 * radius);
  }

  #imageCanvas(picture) {
    const key = imageKey(picture);
    let found = this.#images.get(key);
    if (found) this.#images.delete(key);
    else {
      found = toCanvas(imagePixels(picture));
      this.#imagePixels += found.width * found.height;
    }
    this.#images.set(key, found);
    for (const [oldest, canvas] of this.#images) {
      if (this.#imagePixels <= maximumCachedPixels) break;
      this.#images.delete(oldest);
      this.#imagePixels -= canvas.width * canvas.height;
    }
    return found;
  }

  // What all cells of a grid have in common; the sprites of its units are made as they are needed.
  #cellStyle({ cell, round, opacity, scale }) {
    const side = Math.max(1, Math.floor(cell + 0.5)), key = `${side},${round},${opacity},${scale},`;
    let style = this.#cellStyles.get(key);
    if (!style) {
      if (this.#cellStyles.size >= maximumCellStyles) this.#cellStyles.clear();
      const { units } = this.#colors;
      const outline = side >= 8 * scale ? Math.max(1, Math.round(scale)) : 0, dot = side >= 10 * scale ? Math.max(2, 0.34 * side) : 0;
      style = {
        key, side, round, opacity, scale,
        on: round ? units.dream : units.wake,
        dotColor: round ? units.dreamDot : units.wakeDot,
        masks: cellMasks({ side, round, outline, dot }),
      };
      this.#cellStyles.set(key, style);
    }
    return style;
  }

  #stampCell(style, fill, dotted, x, y) {
    const { off, offOutline } = this.#colors.units, { side } = style;
    const sprite = this.#cellAtlas.find(style.key + (fill + (dotted ? 256 : 0)), () => cellPixels({
      ...style,
      fillColor: mix(off, style.on, fill / 255),
      outlineColor: mix(offOutline, style.on, fill / 255),
    }, dotted));
    this.#context.drawImage(sprite.canvas, sprite.x, sprite.y, side, side, x, y, side, side);
  }

  #drawMarks(style, mark, x, y) {
    const { side, scale } = style, { focus, ground } = this.#colors.units;
    if (mark & marks.followed) {
      this.#spot(style, x, y, Math.max(4, 0.5 * side), style.dotColor);
      this.#spot(style, x, y, Math.max(2, 0.3 * side), ground);
    }
    if (mark & (marks.clampOn | marks.clampOff)) {
      const width = Math.min(Math.max(0.2 * side, 1), 2 * scale), gap = Math.min(Math.max(0.1 * side, 0.5), 1.5 * scale);
      const outer = side / 2 + width / 2;
      this.#band(style, x, y, outer - width - gap, outer - width, ground);
      this.#band(style, x, y, outer - width, outer, focus);
    }
    if (mark & marks.clampOff) this.#cross(style, x, y);
    if (mark & marks.ring) this.#band(style, x, y, side / 2 + 0.75 * scale, side / 2 + 2 * scale, focus);
  }

  #spot({ round, opacity }, x, y, diameter, color) {
    this.#context.fillStyle = this.#style(faded(color, opacity));
    this.#fillBox({ x: x - diameter / 2, y: y - diameter / 2, width: diameter, height: diameter }, round ? diameter / 2 : 0);
  }

  #band({ round, opacity, side }, x, y, inner, outer, color) {
    const context = this.#context;
    context.beginPath();
    for (const reach of [outer, inner]) {
      if (reach <= 0) continue;
      const radius = round ? reach : Math.max(0, side / 8 + reach - side / 2);
      addBox(context, x - reach, y - reach, 2 * reach, 2 * reach, radius);
    }
    context.fillStyle = this.#style(faded(color, opacity));
    context.fill("evenodd");
  }

  #cross({ side, scale, opacity }, x, y) {
    const context = this.#context, reach = 0.22 * side;
    for (const slope of [1, -1]) {
      context.beginPath();
      context.moveTo(x - reach, y - slope * reach);
      context.lineTo(x + reach, y + slope * reach);
      this.#strokePath(Math.max(1, Math.min(1.75 * scale, 0.12 * side)), faded(this.#colors.units.focus, opacity));
    }
  }
}

function readBox(reader) {
  return { x: reader.f32(), y: reader.f32(), width: reader.f32(), height: reader.f32() };
}

function addBox(context, x, y, width, height, radius) {
  if (radius <= 0) context.rect(x, y, width, height);
  else context.roundRect(x, y, width, height, radius);
}

function tracePoints(context, reader) {
  const count = reader.i32();
  context.moveTo(reader.f32(), reader.f32());
  for (let i = 1; i < count; i++) context.lineTo(reader.f32(), reader.f32());
}

function faded(color, opacity) {
  return opacity >= 1 ? color : ((color & 0xffffff00) | Math.round(alpha(color) * opacity)) >>> 0;
}

// Corners of the pixel boxes, x and y of each unit in turn, in the single precision of CellGrid.PixelBox.
function cellPlaces({ x, y, pitch, cell, rows, reflected }, units) {
  const single = Math.fround, inset = single(single(pitch - cell) / 2), columns = Math.ceil(units / rows);
  const places = new Int32Array(2 * units);
  for (let i = 0; i < units; i++) {
    const column = reflected ? columns - 1 - Math.floor(i / rows) : Math.floor(i / rows);
    places[2 * i] = Math.floor(single(single(single(x + single(column * pitch)) + inset) + 0.5));
    places[2 * i + 1] = Math.floor(single(single(single(y + single(i % rows * pitch)) + inset) + 0.5));
  }
  return places;
}

// Equal exactly for equal pictures.
function imageKey({ x, y, width, height, radius, columns, values, smooth, map }) {
  let key = `${x},${y},${width},${height},${radius},${columns},${smooth},${map},`;
  for (let i = 0; i < values.length; i++) key += String.fromCharCode(values[i]);
  return key;
}
