// Draws the mark of public/mark.svg as PNG, for home screens that take no SVG.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';

const GROUND = [0x17, 0x60, 0x6d];
const SIDE = 32;
const SAMPLES = 4;
const ROOF = [
  [7, 15.2],
  [16, 8],
  [25, 15.2],
];
const ROOF_WIDTH = 2.6;

/** `full`: the ground fills the square, which the system then cuts to its own shape; the mark keeps to the middle. */
const ICONS = [
  { name: 'icon-192.png', size: 192, full: false },
  { name: 'icon-512.png', size: 512, full: false },
  { name: 'icon-full-512.png', size: 512, full: true },
  { name: 'icon-apple-180.png', size: 180, full: true },
];

export async function writeIcons(folder) {
  await Promise.all(
    ICONS.map((icon) => writeFile(path.join(folder, icon.name), png(icon.size, drawn(icon)))),
  );
}

function drawn({ size, full }) {
  const pixels = Buffer.alloc(size * size * 4);
  const scale = full ? SIDE / 0.8 : SIDE;
  const margin = (SIDE - scale) / 2;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let ground = 0;
      let mark = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const x = ((column + ((sample % SAMPLES) + 0.5) / SAMPLES) / size) * scale + margin;
        const y = ((row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size) * scale + margin;
        if (full || inRounded(x, y, 0, 0, SIDE, SIDE, 8, 8)) ground++;
        if (isMark(x, y)) mark++;
      }
      const share = ground === 0 ? 0 : mark / ground;
      const colour = GROUND.map((value) => Math.round(value + (255 - value) * share));
      pixels.set([...colour, Math.round((ground / SAMPLES ** 2) * 255)], (row * size + column) * 4);
    }
  }
  return pixels;
}

function isMark(x, y) {
  const half = ROOF_WIDTH / 2;
  const roof = apart(x, y, ROOF[0], ROOF[1]) <= half || apart(x, y, ROOF[1], ROOF[2]) <= half;
  return roof || inRounded(x, y, 10, 17.5, 12, 6.5, 0, 2.3) || inTail(x, y);
}

/** The bubble's tail: down from its lower edge at 12.4 to 15.5. */
function inTail(x, y) {
  return x >= 12.4 && y >= 24 && y <= 26.6 - ((x - 12.4) / 3.1) * 2.6;
}

/** A rectangle with other corners above than below. */
function inRounded(x, y, left, top, width, height, above, below) {
  const radius = y < top + height / 2 ? above : below;
  const dx = Math.max(left + radius - x, x - (left + width - radius), 0);
  const dy = Math.max(top + radius - y, y - (top + height - radius), 0);
  if (radius === 0) return dx === 0 && dy === 0;
  return Math.hypot(dx, dy) <= radius;
}

function apart(x, y, [ax, ay], [bx, by]) {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - nearest * (bx - ax), y - ay - nearest * (by - ay));
}

/** A PNG (ISO/IEC 15948): 8 bits for red, green, blue and alpha, no filter. */
function png(size, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row++) {
    pixels.copy(rows, row * (size * 4 + 1) + 1, row * size * 4, (row + 1) * size * 4);
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const packed = zlib.deflateSync(rows, { level: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', packed),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind, content) {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(zlib.crc32(body), body.length + 4);
  return framed;
}
