// The messages between page and server, as ClientMessage.cs, ServerMessage.cs and FrameDelta.cs describe them.

const clientCodes = { hello: 1, input: 2, resize: 3, acknowledge: 4, ask: 5, take: 6, handOver: 7, keep: 8 };
const serverCodes = { colors: 1, glyphs: 2, standing: 3, frame: 4 };

export const inputKinds = {
  pointerMove: 1, pointerDown: 2, pointerUp: 3, pointerLeave: 4, wheel: 5, keyDown: 6, keyUp: 7, text: 8,
};

export const standings = { controls: 1, watches: 2, viewOnly: 3 };

function message(code, length, write) {
  const view = new DataView(new ArrayBuffer(length));
  view.setUint8(0, code);
  write?.(view);
  return view.buffer;
}

export function hello(token, width, height, reducedMotion) {
  return message(clientCodes.hello, 22, view => {
    for (let i = 0; i < 16; i++) view.setUint8(1 + i, parseInt(token.slice(2 * i, 2 * i + 2), 16));
    view.setUint16(17, width, true);
    view.setUint16(19, height, true);
    view.setUint8(21, reducedMotion ? 1 : 0);
  });
}

export function input({ kind, x = 0, y = 0, button = 0, wheel = 0, key = 0, character = 0, modifiers = 0 }) {
  return message(clientCodes.input, 19, view => {
    view.setUint8(1, kind);
    view.setFloat32(2, x, true);
    view.setFloat32(6, y, true);
    view.setUint8(10, button);
    view.setFloat32(11, wheel, true);
    view.setUint8(15, key);
    view.setUint16(16, character, true);
    view.setUint8(18, modifiers);
  });
}

export function resize(width, height) {
  return message(clientCodes.resize, 5, view => {
    view.setUint16(1, width, true);
    view.setUint16(3, height, true);
  });
}

export function acknowledge(number) {
  return message(clientCodes.acknowledge, 5, view => view.setUint32(1, number, true));
}

export const ask = () => message(clientCodes.ask, 1);
export const take = () => message(clientCodes.take, 1);
export const handOver = () => message(clientCodes.handOver, 1);
export const keep = () => message(clientCodes.keep, 1);

// Reads values one after the other.
export class Reader {
  constructor(buffer, offset = 0, length = buffer.byteLength - offset) {
    this.view = new DataView(buffer, offset, length);
    this.bytes = new Uint8Array(buffer, offset, length);
    this.at = 0;
  }

  get atEnd() { return this.at >= this.bytes.length; }
  u8() { return this.view.getUint8(this.at++); }
  u16() { const value = this.view.getUint16(this.at, true); this.at += 2; return value; }
  i16() { const value = this.view.getInt16(this.at, true); this.at += 2; return value; }
  u32() { const value = this.view.getUint32(this.at, true); this.at += 4; return value; }
  i32() { const value = this.view.getInt32(this.at, true); this.at += 4; return value; }
  f32() { const value = this.view.getFloat32(this.at, true); this.at += 4; return value; }

  // The next bytes, as a view that lives as long as the buffer.
  span(count) {
    const span = this.bytes.subarray(this.at, this.at + count);
    this.at += count;
    return span;
  }

  // A count of 7 bits a byte, low bits first.
  variable() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }
}

// The newest frame, rebuilt from differences; two buffers change places.
class FrameStore {
  constructor() {
    this.now = new Uint8Array(0);
    this.before = new Uint8Array(0);
    this.length = 0;
  }

  apply(reader, length) {
    [this.now, this.before] = [this.before, this.now];
    if (this.now.length < length) this.now = new Uint8Array(length * 2);
    for (let written = 0, expected = 0; written < length;) {
      const literals = reader.span(reader.variable());
      this.now.set(literals, written);
      written += literals.length;
      if (written >= length) break;
      const zigzag = reader.variable(), count = reader.variable();
      const source = expected + ((zigzag >>> 1) ^ -(zigzag & 1));
      this.now.set(this.before.subarray(source, source + count), written);
      written += count;
      expected = source + count;
    }
    this.length = length;
  }
}

// Takes the messages of one connection apart and hands them on.
export class Receiver {
  constructor(handlers) {
    this.handlers = handlers;
    this.store = new FrameStore();
  }

  receive(buffer) {
    const reader = new Reader(buffer);
    switch (reader.u8()) {
      case serverCodes.colors: this.handlers.colors(readColors(reader)); break;
      case serverCodes.glyphs: this.handlers.glyphs(readGlyphs(reader)); break;
      case serverCodes.standing: this.handlers.standing(reader.u8(), reader.u8() !== 0); break;
      case serverCodes.frame: this.#frame(reader); break;
      default: throw new Error("The server said something unknown.");
    }
  }

  #frame(reader) {
    const number = reader.u32(), width = reader.u32(), height = reader.u32(), length = reader.u32();
    this.store.apply(reader, length);
    this.handlers.frame({ number, width, height });
  }

  // A reader of the newest frame's operations.
  operations() {
    return new Reader(this.store.now.buffer, 0, this.store.length);
  }
}

function readColors(reader) {
  const maps = [0, 1, 2].map(() => Uint32Array.from({ length: 256 }, () => reader.u32()));
  const names = ["off", "offOutline", "wake", "wakeDot", "dream", "dreamDot", "focus", "ground"];
  return { maps, units: Object.fromEntries(names.map(name => [name, reader.u32()])) };
}

function readGlyphs(reader) {
  const first = reader.u16(), count = reader.u16();
  return Array.from({ length: count }, (_, i) => {
    const width = reader.f32();
    const lines = Array.from({ length: reader.u8() }, () =>
      Array.from({ length: reader.u16() }, () => ({ x: reader.f32(), y: reader.f32() })));
    return { number: first + i, width, lines };
  });
}
