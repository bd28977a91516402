// One level's map: temperature as colour, wind as arrows, the substellar point in the middle.
import { context, css, floats, significant, ticks } from './server.js';

// "inferno" by N. J. Smith and S. van der Walt (CC0) at 17 points.
const INFERNO = ('000004 0b0724 210c4a 3c0965 57106d 70196e 89226a a32b61 bb3755 d14644 e35932 '
  + 'f1711e f98d0a fcab0f f9ca32 f2e865 fcffa4').split(' ')
  .map((hex) => [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16)));

function colour(share) {
  const x = Math.min(1, Math.max(0, share)) * (INFERNO.length - 1);
  const below = Math.min(Math.floor(x), INFERNO.length - 2);
  return [0, 1, 2].map((i) =>
    Math.round(INFERNO[below][i] * (1 - x + below) + INFERNO[below + 1][i] * (x - below)));
}

function extremes(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high > low ? high : low + 1] : [0, 1];
}

// Draws and returns a sentence that says what is to be seen.
export function drawLevel(canvas, map, seen) {
  const width = canvas.parentElement.clientWidth;
  const box = { x: 40, y: 22, w: width - 40 - 66, h: 0 };
  box.h = box.w / 2;
  const c = context(canvas, width, box.y + box.h + 38);
  const temperature = floats(map.temperature);
  const [low, high] = extremes(temperature);
  picture(c, box, map, temperature, low, high);
  if (seen) {
    veil(c, box, seen);
  }
  const fastest = arrows(c, box, map);
  substellar(c, box);
  axes(c, box);
  scale(c, box, low, high);
  reference(c, box, fastest);
  return `Temperature from ${significant(low, 4)} to ${significant(high, 4)} kelvin,`
    + ` winds up to ${significant(fastest, 2)} metres a second`;
}

function picture(c, box, map, temperature, low, high) {
  const columns = map.lon.length;
  const lines = map.lat.length;
  const northUp = map.lat[0] < map.lat[lines - 1];
  const image = new ImageData(columns, lines);
  for (let j = 0; j < lines; j++) {
    for (let i = 0; i < columns; i++) {
      const value = temperature[(northUp ? lines - 1 - j : j) * columns + i];
      const rgb = Number.isFinite(value) ? colour((value - low) / (high - low)) : [128, 128, 128];
      image.data.set([...rgb, 255], (j * columns + i) * 4);
    }
  }
  const small = document.createElement('canvas');
  small.width = columns;
  small.height = lines;
  small.getContext('2d').putImageData(image, 0, 0);
  c.imageSmoothingEnabled = true;
  c.imageSmoothingQuality = 'high';
  c.drawImage(small, box.x, box.y, box.w, box.h);
}

// Darkens what the network did not look at.
function veil(c, box, seen) {
  const drop = floats(seen.drop);
  const most = Math.max(1e-6, ...drop);
  const image = new ImageData(seen.columns, seen.rows);
  drop.forEach((value, k) => {
    const row = seen.rows - 1 - Math.floor(k / seen.columns);
    const dark = 1 - Math.max(0, value) / most;
    image.data.set([0, 0, 0, Math.round(190 * dark)], (row * seen.columns + (k % seen.columns)) * 4);
  });
  const small = document.createElement('canvas');
  small.width = seen.columns;
  small.height = seen.rows;
  small.getContext('2d').putImageData(image, 0, 0);
  c.drawImage(small, box.x, box.y, box.w, box.h);
}

function arrows(c, box, map) {
  const u = floats(map.u);
  const v = floats(map.v);
  const columns = map.lon.length;
  const speeds = Array.from(u, (value, i) => Math.hypot(value, v[i])).filter(Number.isFinite).sort((a, b) => a - b);
  const fastest = speeds.length > 0 ? speeds[Math.floor(0.99 * (speeds.length - 1))] || 1 : 1;
  const across = Math.max(8, Math.round(box.w / 26));
  const down = Math.max(4, Math.round(box.h / 26));
  const step = box.w / across;
  for (let j = 0; j < down; j++) {
    for (let i = 0; i < across; i++) {
      const lat = 90 - ((j + 0.5) * 180) / down;
      const lon = -180 + ((i + 0.5) * 360) / across;
      const cell = nearest(map.lat, lat) * columns + nearest(map.lon, lon);
      const x = box.x + (i + 0.5) * step;
      const y = box.y + ((j + 0.5) * box.h) / down;
      arrow(c, x, y, (u[cell] / fastest) * step, (-v[cell] / fastest) * step);
    }
  }
  return fastest;
}

function nearest(values, wanted) {
  let best = 0;
  values.forEach((value, i) => {
    if (Math.abs(value - wanted) < Math.abs(values[best] - wanted)) {
      best = i;
    }
  });
  return best;
}

function arrow(c, x, y, dx, dy, ink = '#111') {
  const length = Math.hypot(dx, dy);
  if (!(length > 2)) {
    return;
  }
  const head = Math.min(6, length * 0.6);
  c.save();
  c.translate(x, y);
  c.rotate(Math.atan2(dy, dx));
  for (const [colourOf, width] of [['rgb(255 255 255 / .8)', 3], [ink, 1.3]]) {
    c.strokeStyle = colourOf;
    c.lineWidth = width;
    c.beginPath();
    c.moveTo(-length / 2, 0);
    c.lineTo(length / 2, 0);
    c.moveTo(length / 2 - head, -head * 0.45);
    c.lineTo(length / 2, 0);
    c.lineTo(length / 2 - head, head * 0.45);
    c.stroke();
  }
  c.restore();
}

function substellar(c, box) {
  const x = box.x + box.w / 2;
  const y = box.y + box.h / 2;
  c.beginPath();
  c.arc(x, y, 5, 0, 7);
  c.fillStyle = '#fff';
  c.fill();
  c.strokeStyle = '#111';
  c.lineWidth = 1.5;
  c.stroke();
  c.beginPath();
  c.arc(x, y, 1.6, 0, 7);
  c.fillStyle = '#111';
  c.fill();
}

function axes(c, box) {
  c.strokeStyle = css('--faint');
  c.lineWidth = 1;
  c.strokeRect(box.x, box.y, box.w, box.h);
  c.fillStyle = css('--faint');
  c.textAlign = 'center';
  for (const lon of box.w > 330 ? [-180, -120, -60, 0, 60, 120, 180] : [-180, -90, 0, 90, 180]) {
    const x = box.x + ((lon + 180) / 360) * box.w;
    c.fillRect(x, box.y + box.h, 1, 4);
    c.fillText(`${lon}°`, x, box.y + box.h + 16);
  }
  c.textAlign = 'right';
  for (const lat of [-90, -45, 0, 45, 90]) {
    const y = box.y + ((90 - lat) / 180) * box.h;
    c.fillRect(box.x - 4, y, 4, 1);
    c.fillText(`${lat}°`, box.x - 6, y + 4);
  }
  c.textAlign = 'center';
  c.fillText('longitude east of the substellar point', box.x + box.w / 2, box.y + box.h + 32);
}

function scale(c, box, low, high) {
  const x = box.x + box.w + 10;
  for (let k = 0; k < box.h; k++) {
    c.fillStyle = `rgb(${colour(1 - k / box.h).join(',')})`;
    c.fillRect(x, box.y + k, 10, 1.5);
  }
  c.fillStyle = css('--faint');
  c.textAlign = 'left';
  for (const value of ticks(low, high, 5)) {
    const y = box.y + ((high - value) / (high - low)) * box.h;
    c.fillText(String(value), x + 14, y + 4);
  }
  c.fillText('K', x, box.y - 7);
}

function reference(c, box, fastest) {
  const decade = 10 ** Math.floor(Math.log10(fastest));
  const speed = [5, 2, 1].map((f) => f * decade).find((s) => s <= fastest) || fastest;
  const length = (speed / fastest) * (box.w / Math.max(8, Math.round(box.w / 26)));
  const text = `${significant(speed, 2)} m/s`;
  c.textAlign = 'right';
  c.fillStyle = css('--ink');
  c.fillText(text, box.x + box.w, box.y - 7);
  arrow(c, box.x + box.w - c.measureText(text).width - 8 - length / 2, box.y - 11, length, 0, css('--ink'));
}
