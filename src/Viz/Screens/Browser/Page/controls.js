// Pointer, wheel and keys as input messages. Movements are gathered and sent once per displayed frame.

import { input, inputKinds } from "./wire.js";

// In the order of the enum Key.
const keyNames = [
  "None",
  "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z",
  "D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9",
  "Space", "Enter", "Escape", "Tab", "Backspace", "Delete", "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown",
  "Question", "Plus", "Minus", "F1", "F11",
];
const modifierBits = { shift: 1, control: 2, alt: 4 };
const pixelsPerNotch = 100;
const linesPerNotch = 3;

const named = new Map([
  [" ", "Space"], ["ArrowLeft", "Left"], ["ArrowRight", "Right"], ["ArrowUp", "Up"], ["ArrowDown", "Down"],
  ["?", "Question"], ["+", "Plus"], ["-", "Minus"],
]);

// The key's number in keyNames: by what it writes, so that letters follow the keyboard's layout, else by where it lies.
function keyOf(event) {
  const byText = named.get(event.key)
    ?? (/^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : /^[0-9]$/.test(event.key) ? "D" + event.key : event.key);
  const number = keyNames.indexOf(byText);
  if (number > 0) return number;
  const byPlace = /^Key([A-Z])$/.exec(event.code)?.[1] ?? /^Digit([0-9])$/.exec(event.code)?.[1]?.replace(/^/, "D");
  return byPlace ? keyNames.indexOf(byPlace) : 0;
}

function modifiersOf(event) {
  return (event.shiftKey ? modifierBits.shift : 0) | (event.ctrlKey || event.metaKey ? modifierBits.control : 0)
    | (event.altKey ? modifierBits.alt : 0);
}

export class Controls {
  #canvas;
  #send;
  #move = null;
  #wheel = null;
  #keys = new Set();

  // send(message) takes a finished message.
  constructor(canvas, send) {
    this.#canvas = canvas;
    this.#send = send;
    canvas.addEventListener("pointermove", event => this.#onMove(event));
    canvas.addEventListener("pointerdown", event => this.#onDown(event));
    canvas.addEventListener("pointerup", event => this.#onButton(event, inputKinds.pointerUp));
    canvas.addEventListener("pointercancel", event => this.#onButton(event, inputKinds.pointerUp));
    canvas.addEventListener("pointerleave", event => this.#onLeave(event));
    canvas.addEventListener("wheel", event => this.#onWheel(event), { passive: false });
    canvas.addEventListener("contextmenu", event => event.preventDefault());
    addEventListener("keydown", event => this.#onKeyDown(event));
    addEventListener("keyup", event => this.#onKeyUp(event));
    addEventListener("blur", () => this.#releaseKeys());
  }

  // Sends what was gathered.
  flush() {
    if (this.#move) this.#event(this.#move);
    if (this.#wheel) this.#event(this.#wheel);
    this.#move = this.#wheel = null;
  }

  #event(event) {
    this.#send(input(event));
  }

  #at(event) {
    const box = this.#canvas.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) * this.#canvas.width / box.width,
      y: (event.clientY - box.top) * this.#canvas.height / box.height,
      modifiers: modifiersOf(event),
    };
  }

  #onMove(event) {
    if (event.isPrimary) this.#move = { kind: inputKinds.pointerMove, ...this.#at(event) };
  }

  #onDown(event) {
    event.preventDefault();
    this.#canvas.focus({ preventScroll: true });
    if (event.isPrimary) this.#canvas.setPointerCapture(event.pointerId);
    this.#onButton(event, inputKinds.pointerDown);
  }

  #onButton(event, kind) {
    if (!event.isPrimary || event.button > 2) return;
    this.flush();
    this.#event({ kind, button: Math.max(0, event.button), ...this.#at(event) });
  }

  #onLeave(event) {
    if (!event.isPrimary) return;
    this.flush();
    this.#event({ kind: inputKinds.pointerLeave });
  }

  #onWheel(event) {
    if (event.ctrlKey) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? pixelsPerNotch
      : event.deltaMode === WheelEvent.DOM_DELTA_LINE ? linesPerNotch : 1;
    const turned = (this.#wheel?.wheel ?? 0) - event.deltaY / unit;
    this.#wheel = { kind: inputKinds.wheel, ...this.#at(event), wheel: Math.min(100, Math.max(-100, turned)) };
  }

  // What is typed into a button of the page, and shortcuts of the browser, are left alone.
  #onKeyDown(event) {
    if (event.target instanceof HTMLButtonElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyOf(event);
    const typed = event.key.length === 1 ? event.key.charCodeAt(0) : 0;
    if (key === 0 && typed === 0) return;
    if (keyNames[key] === "F11") return;
    event.preventDefault();
    this.flush();
    if (key !== 0) {
      this.#keys.add(key);
      this.#event({ kind: inputKinds.keyDown, key, modifiers: modifiersOf(event) });
    }
    if (typed >= 0x20 && typed !== 0x7f && (typed & 0xf800) !== 0xd800)
      this.#event({ kind: inputKinds.text, character: typed, modifiers: modifiersOf(event) });
  }

  #onKeyUp(event) {
    const key = keyOf(event);
    if (this.#keys.delete(key)) this.#event({ kind: inputKinds.keyUp, key, modifiers: modifiersOf(event) });
    if (event.key === "Shift") this.#releaseKeys();
  }

  #releaseKeys() {
    for (const key of this.#keys) this.#event({ kind: inputKinds.keyUp, key });
    this.#keys.clear();
  }
}
