// The connection to the program: says who we are first, and comes back by itself when it breaks.

import { Receiver, hello } from "./wire.js";

const goingAway = 1001;
const wrongToken = 4001;
const firstPause = 250;
const longestPause = 4000;
const patience = 8000;

// What the connection is doing, as handlers.state receives it.
export const states = { open: "open", reconnecting: "reconnecting", unreachable: "unreachable", stopped: "stopped", foreign: "foreign" };

export class Connection {
  #socket = null;
  #pause = firstPause;
  #lostAt = performance.now();

  // handlers: those of Receiver, size() → [width, height], state(one of states).
  constructor(token, handlers) {
    this.token = token;
    this.handlers = handlers;
    this.#open();
  }

  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(message);
  }

  // The operations of the newest frame.
  operations() {
    return this.receiver.operations();
  }

  #open() {
    this.receiver = new Receiver(this.handlers);
    this.#socket = new WebSocket(`ws://${location.host}/frames`);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.addEventListener("open", () => this.#greet());
    this.#socket.addEventListener("message", event => this.#receive(event.data));
    this.#socket.addEventListener("close", event => this.#closed(event.code));
  }

  #greet() {
    const [width, height] = this.handlers.size();
    this.send(hello(this.token, width, height, matchMedia("(prefers-reduced-motion: reduce)").matches));
  }

  #receive(data) {
    if (this.#lostAt !== null) {
      this.#lostAt = null;
      this.#pause = firstPause;
      this.handlers.state(states.open);
    }
    this.receiver.receive(data);
  }

  #closed(code) {
    if (code === goingAway || code === wrongToken) {
      this.handlers.state(code === goingAway ? states.stopped : states.foreign);
      return;
    }
    this.#lostAt ??= performance.now();
    this.handlers.state(performance.now() - this.#lostAt < patience ? states.reconnecting : states.unreachable);
    setTimeout(() => this.#open(), this.#pause);
    this.#pause = Math.min(longestPause, this.#pause * 2);
  }
}
