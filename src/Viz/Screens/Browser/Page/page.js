// The page: one canvas as large as the window, drawn from the frames that the program sends.

import { Connection, states } from "./connection.js";
import { Controls } from "./controls.js";
import { hideNotice, showNotice } from "./notice.js";
import { Painter } from "./painter.js";
import { acknowledge, ask, handOver, keep, resize, standings, take } from "./wire.js";

const canvas = document.getElementById("picture");
const painter = new Painter(canvas);
const smallestSide = 16;
const largestSide = 8192;
let size = windowSize();
let newest = null;
let scheduled = false;
let connection = null;

const stateNotices = {
  [states.reconnecting]: ["Reconnecting", "The connection broke. The picture will go on where the program is then."],
  [states.unreachable]: ["DreamViz does not answer", "It has stopped, or the connection is lost. This page keeps trying."],
  [states.stopped]: ["DreamViz has stopped", "Start it again and open the address that it prints."],
  [states.foreign]: ["This address is from another run", "DreamViz prints a new address each time it starts: open that one."],
};

function windowSize() {
  return [document.documentElement.clientWidth, document.documentElement.clientHeight]
    .map(side => Math.round(side * devicePixelRatio)).map(legal);
}

function legal(side) {
  return Math.min(largestSide, Math.max(smallestSide, side));
}

// The canvas has as many pixels as the frame; it is shown one to one where the frame is as large as the window, else as large
// as fits.
function place() {
  const scale = Math.min(size[0] / canvas.width, size[1] / canvas.height);
  const [width, height] = [canvas.width * scale, canvas.height * scale];
  Object.assign(canvas.style, {
    left: `${Math.floor((size[0] - width) / 2) / devicePixelRatio}px`,
    top: `${Math.floor((size[1] - height) / 2) / devicePixelRatio}px`,
    width: `${width / devicePixelRatio}px`,
    height: `${height / devicePixelRatio}px`,
  });
}

function schedule() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(draw);
}

function draw() {
  scheduled = false;
  controls.flush();
  if (newest === null) return;
  const { number, width, height } = newest;
  const resized = canvas.width !== width || canvas.height !== height;
  newest = null;
  painter.draw(connection.operations(), width, height);
  if (resized) place();
  connection.send(acknowledge(number));
  canvas.dataset.frame = number;
}

function onResize(entries) {
  const rounded = windowSize(), exact = entries[0].devicePixelContentBoxSize?.[0];
  // Rounding may miss by a pixel; where the two differ by more, the browser emulates another pixel ratio and only scales.
  const next = exact && Math.abs(exact.inlineSize - rounded[0]) < 2 && Math.abs(exact.blockSize - rounded[1]) < 2
    ? [legal(exact.inlineSize), legal(exact.blockSize)] : rounded;
  if (next[0] === size[0] && next[1] === size[1]) return;
  size = next;
  connection?.send(resize(...size));
  place();
}

function onStanding(standing, asked) {
  canvas.dataset.standing = Object.keys(standings).find(name => standings[name] === standing);
  if (asked)
    showNotice("Another window asks for control", "You can hand it over and go on watching.",
      [["Hand over", () => connection.send(handOver())], ["Keep", () => connection.send(keep())]]);
  else if (standing === standings.watches)
    showNotice("Another window has control", "You are watching. Ask and the other side may hand over.",
      [["Ask", onAsk], ["Take control", () => connection.send(take())]]);
  else if (standing === standings.viewOnly)
    showNotice("You are watching", "This address shows the picture and takes no input.", [["Close", hideNotice]]);
  else hideNotice();
}

function onAsk() {
  connection.send(ask());
  showNotice("Another window has control", "You are watching. The other side has been asked.",
    [["Take control", () => connection.send(take())]]);
}

function onState(state) {
  document.body.dataset.state = state;
  canvas.classList.toggle("faded", state !== states.open);
  if (state === states.open) hideNotice();
  else showNotice(...stateNotices[state]);
}

const controls = new Controls(canvas, message => {
  connection?.send(message);
});
canvas.addEventListener("pointermove", schedule);
canvas.addEventListener("wheel", schedule, { passive: true });
try {
  new ResizeObserver(onResize).observe(document.documentElement, { box: "device-pixel-content-box" });
} catch {
  new ResizeObserver(onResize).observe(document.documentElement);
}

const token = /^#([0-9a-f]{32})$/.exec(location.hash)?.[1];
if (token) {
  connection = new Connection(token, {
    colors: colors => painter.setColors(colors),
    glyphs: glyphs => painter.addGlyphs(glyphs),
    standing: onStanding,
    frame: frame => {
      newest = frame;
      schedule();
    },
    size: () => size,
    state: onState,
  });
} else {
  showNotice("The address is not whole", "Open the address that DreamViz printed, with everything after the # sign.");
}
canvas.focus({ preventScroll: true });
