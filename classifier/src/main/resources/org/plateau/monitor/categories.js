// The categorisation map: time to the right, pressure downwards, three groups of regimes.
import { bytes, clock, context, css, bar, significant, ticks } from './server.js';

const ONE = 250;
const MISSING = 255;
const LEFT = 62;
const RIGHT = 12;
const BETWEEN = 22;
const BELOW = 40;
const GROUPS = [
  { key: 'pattern', title: 'horizontal pattern', share: 0.58 },
  { key: 'jet', title: 'equatorial jet', share: 0.21 },
  { key: 'gradient', title: 'vertical gradient', share: 0.21 },
];

// Colours over the card's own background, as opaque as the regime is probable.
export function shade(hex, opacity, ground) {
  const part = (text, i) => parseInt(text.slice(1 + 2 * i, 3 + 2 * i), 16);
  const mixed = [0, 1, 2].map((i) =>
    Math.round(part(hex, i) * opacity + part(ground, i) * (1 - opacity)));
  return `rgb(${mixed.join(',')})`;
}

// To the screen's own pixels: cells that end between two leave seams.
function snap(value) {
  const ratio = window.devicePixelRatio || 1;
  return Math.round(value * ratio) / ratio;
}

export function hatch(context2d, x, y, width, height, ink = css('--ink'), line = 1, spacing = 6) {
  context2d.save();
  context2d.beginPath();
  context2d.rect(x, y, width, height);
  context2d.clip();
  context2d.beginPath();
  const first = Math.floor((x + y) / spacing) * spacing;
  for (let d = first; d < x + width + y + height; d += spacing) {
    context2d.moveTo(d - y, y);
    context2d.lineTo(d - y - height, y + height);
  }
  context2d.strokeStyle = ink;
  context2d.lineWidth = line;
  context2d.stroke();
  context2d.restore();
}

export class CategoryMap {
  constructor(root, onPick, onSpeak) {
    this.root = root;
    this.base = root.querySelector('.base');
    this.over = root.querySelector('.cursor');
    this.tip = root.querySelector('.tip');
    this.onPick = onPick;
    this.onSpeak = onSpeak;
    this.palette = 'safe';
    this.cell = null;
    this.over.addEventListener('pointermove', (event) => this.point(event));
    this.over.addEventListener('pointerleave', () => this.leave());
    this.over.addEventListener('click', (event) => { this.point(event); this.pick(); });
    this.over.addEventListener('keydown', (event) => this.key(event));
    this.over.addEventListener('blur', () => this.leave());
  }

  set(history) {
    this.data = history;
    for (const name of ['probability', 'nothing', 'gap', 'reason', 'verdict']) {
      this[name] = bytes(history[name]);
    }
    this.levels = history.pressure.length;
    this.columns = history.start.length;
    this.clock = clock(history.units);
    this.rows = rows(history.pressure);
    this.groups = GROUPS.map((group) => ({
      ...group,
      members: history.regimes.map((r, i) => (r.group === group.key ? i : -1)).filter((i) => i >= 0),
    })).filter((group) => this.known(group.members));
    if (this.cell && this.cell.column >= this.columns) {
      this.cell = null;
    }
    this.draw();
  }

  known(members) {
    const width = this.data.regimes.length;
    return this.probability.some((p, i) => p !== MISSING && members.includes(i % width));
  }

  strongest(column, level, members) {
    const at = (column * this.levels + level) * this.data.regimes.length;
    let best = -1;
    for (const r of members) {
      const p = this.probability[at + r];
      if (p !== MISSING && (best < 0 || p > this.probability[at + best])) {
        best = r;
      }
    }
    return { regime: best, probability: best < 0 ? 0 : this.probability[at + best] / ONE };
  }

  isGap(column, level) {
    return this.gap[column * this.levels + level] > ONE / 2;
  }

  isNothing(column, level) {
    const best = this.strongest(column, level, this.groups[0].members);
    const nothing = this.nothing[column * this.levels + level];
    return nothing !== MISSING && nothing / ONE > best.probability;
  }

  draw() {
    if (!this.data) {
      return;
    }
    const width = this.root.clientWidth;
    const height = Math.max(380, Math.min(640, width * 0.55));
    this.context = context(this.base, width, height);
    this.inks();
    context(this.over, width, height);
    this.over.style.height = '100%';
    this.x0 = LEFT;
    this.x1 = width - RIGHT;
    this.from = this.data.start[0];
    this.to = this.data.end[this.columns - 1];
    const room = height - BELOW - BETWEEN * this.groups.length;
    const shares = this.groups.reduce((sum, group) => sum + group.share, 0);
    let y = 0;
    this.groups.forEach((group, i) => {
      y += BETWEEN;
      group.y0 = y;
      y += (room * group.share) / shares;
      group.y1 = y;
      this.panel(group, i);
    });
    this.timeAxis();
    this.drawCursor();
  }

  x(time) {
    return this.x0 + ((time - this.from) / (this.to - this.from)) * (this.x1 - this.x0);
  }

  y(group, pressure) {
    const share = Math.log(pressure / this.rows.top) / Math.log(this.rows.bottom / this.rows.top);
    return group.y0 + share * (group.y1 - group.y0);
  }

  panel(group, number) {
    const c = this.context;
    this.hatched = new Path2D();
    this.striped = new Map();
    for (let level = 0; level < this.levels; level++) {
      const top = snap(this.y(group, this.rows.upper[level]));
      const bottom = snap(this.y(group, this.rows.lower[level]));
      for (let column = 0; column < this.columns; column++) {
        const left = snap(this.x(this.data.start[column]));
        const right = snap(this.x(this.data.end[column]));
        this.paint(group, number, column, level, left, top, right - left, bottom - top);
      }
    }
    for (const [ink, shape] of this.striped) {
      c.save();
      c.clip(shape);
      hatch(c, this.x0, group.y0, this.x1 - this.x0, group.y1 - group.y0, ink, 5, 14);
      c.restore();
    }
    if (number === 0) {
      c.save();
      c.clip(this.hatched);
      hatch(c, this.x0, group.y0, this.x1 - this.x0, group.y1 - group.y0);
      c.restore();
      this.verdicts(group);
    }
    c.strokeStyle = css('--faint');
    c.lineWidth = 1;
    c.strokeRect(this.x0, group.y0, this.x1 - this.x0, group.y1 - group.y0);
    c.fillStyle = css('--ink');
    c.textAlign = 'left';
    c.fillText(group.title, this.x0, group.y0 - 6);
    this.pressureAxis(group, number);
  }

  // Looked up once a drawing: a long history has tens of thousands of cells.
  inks() {
    this.ground = css('--card');
    this.gapInk = css('--gap');
    this.shades = new Map();
  }

  ink(regime, byte) {
    const key = regime * 256 + byte;
    let ink = this.shades.get(key);
    if (!ink) {
      ink = shade(this.data.regimes[regime][this.palette], byte / ONE, this.ground);
      this.shades.set(key, ink);
    }
    return ink;
  }

  paint(group, number, column, level, left, top, wide, high) {
    const c = this.context;
    if (this.isGap(column, level)) {
      c.fillStyle = this.gapInk;
      c.fillRect(left, top, wide, high);
      return;
    }
    if (number === 0 && this.isNothing(column, level)) {
      this.hatched.rect(left, top, wide, high);
      return;
    }
    const best = this.strongest(column, level, group.members).regime;
    if (best < 0) {
      return;
    }
    // Two that are there together are striped, in the order of the regimes.
    const at = (column * this.levels + level) * this.data.regimes.length;
    const other = this.second(at, group.members, best);
    const first = other < 0 ? best : Math.min(best, other);
    c.fillStyle = this.ink(first, this.probability[at + first]);
    c.fillRect(left, top, wide, high);
    if (other >= 0) {
      const last = Math.max(best, other);
      const ink = this.ink(last, this.probability[at + last]);
      if (!this.striped.has(ink)) {
        this.striped.set(ink, new Path2D());
      }
      this.striped.get(ink).rect(left, top, wide, high);
    }
  }

  // The strongest of the others that are there, -1 if there is none.
  second(at, members, best) {
    let second = -1;
    for (const r of members) {
      const p = this.probability[at + r];
      const there = r !== best && p !== MISSING && p >= ONE / 2;
      if (there && (second < 0 || p > this.probability[at + second])) {
        second = r;
      }
    }
    return second;
  }

  verdicts(group) {
    const c = this.context;
    const code = this.data.verdicts.indexOf('equilibrated');
    for (let level = 0; level < this.levels; level++) {
      const y = this.y(group, this.data.pressure[level]);
      let since = -1;
      for (let column = 0; column <= this.columns; column++) {
        const is = column < this.columns && this.verdict[column * this.levels + level] === code;
        if (is && since < 0) {
          since = column;
        } else if (!is && since >= 0) {
          const end = column < this.columns ? this.data.start[column] : this.to;
          const high = this.y(group, this.rows.lower[level]) - this.y(group, this.rows.upper[level]);
          line(c, this.x(this.data.start[since]), this.x(end), y, column < this.columns, high);
          since = -1;
        }
      }
    }
  }

  pressureAxis(group, number) {
    const c = this.context;
    c.textAlign = 'right';
    c.fillStyle = css('--faint');
    const few = number > 0;
    const first = Math.ceil(Math.log10(this.rows.top / 1e5));
    for (let e = first; 10 ** e <= this.rows.bottom / 1e5; e++) {
      const y = this.y(group, 10 ** e * 1e5);
      c.fillRect(this.x0 - 4, y, 4, 1);
      if (!few || (e - first) % 2 === 0) {
        c.fillText(String(Number((10 ** e).toPrecision(3))), this.x0 - 7, y + 4);
      }
    }
    if (!few) {
      c.fillText('bar', this.x0 - 7, group.y0 - 6);
    }
  }

  timeAxis() {
    const c = this.context;
    const y = this.groups[this.groups.length - 1].y1;
    const d = this.clock.divisor;
    c.textAlign = 'center';
    c.fillStyle = css('--faint');
    for (const value of ticks(this.from / d, this.to / d, Math.max(3, (this.x1 - this.x0) / 110))) {
      const x = this.x(value * d);
      c.fillRect(x, y, 1, 4);
      c.fillText(String(value), x, y + 16);
    }
    c.fillText(`model time, ${this.clock.title}`, (this.x0 + this.x1) / 2, y + 33);
  }

  point(event) {
    if (!this.data) {
      return;
    }
    const box = this.over.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const group = this.groups.find((g) => y >= g.y0 && y <= g.y1);
    const time = this.from + ((x - this.x0) / (this.x1 - this.x0)) * (this.to - this.from);
    const column = this.data.start.findIndex((start, i) => time >= start && time <= this.data.end[i]);
    const level = group && this.rows.upper.findIndex((upper, l) =>
      y >= this.y(group, upper) && y <= this.y(group, this.rows.lower[l]));
    if (!group || column < 0 || level < 0) {
      this.leave();
      return;
    }
    this.cell = { column, level };
    this.show();
  }

  key(event) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (!this.data) {
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      this.pick();
    } else if (event.key === 'Home' || event.key === 'End') {
      this.move(event.key === 'Home' ? -this.columns : this.columns, 0);
    } else if (event.key === 'Escape') {
      this.leave();
      return;
    } else if (steps[event.key]) {
      this.move(...steps[event.key]);
    } else {
      return;
    }
    event.preventDefault();
  }

  move(columns, rows) {
    const cell = this.cell || { column: this.columns - 1, level: this.rows.order[0] };
    const clamp = (value, most) => Math.max(0, Math.min(most, value));
    const row = clamp(this.rows.order.indexOf(cell.level) + rows, this.levels - 1);
    this.cell = { column: clamp(cell.column + columns, this.columns - 1), level: this.rows.order[row] };
    this.show();
    this.onSpeak(this.describe().replaceAll('\n', ', '));
  }

  pick() {
    if (this.cell) {
      this.onPick(this.cell.level, this.data.last[this.cell.column]);
    }
  }

  leave() {
    this.cell = null;
    this.tip.hidden = true;
    this.drawCursor();
  }

  show() {
    this.drawCursor();
    this.tip.textContent = this.describe();
    this.tip.hidden = false;
    const group = this.groups[0];
    const x = this.x(this.data.end[this.cell.column]);
    const width = this.root.clientWidth;
    this.tip.style.top = `${this.y(group, this.rows.lower[this.cell.level]) + 6}px`;
    this.tip.style.left = x < width / 2 ? `${x + 10}px` : 'auto';
    this.tip.style.right = x < width / 2 ? 'auto' : `${width - x + 14}px`;
  }

  describe() {
    const { column, level } = this.cell;
    const time = (this.data.start[column] + this.data.end[column]) / 2 / this.clock.divisor;
    const lines = [`${bar(this.data.pressure[level])}, ${significant(time, 4)} ${this.clock.title.split(' ')[0]}`];
    const at = column * this.levels + level;
    if (this.isGap(column, level)) {
      const reason = this.data.gapReasons[this.reason[at]];
      lines.push(`no output${reason ? `: ${reason.replaceAll('_', ' ')}` : ''}`);
      return lines.join('\n');
    }
    const width = this.data.regimes.length;
    this.data.regimes
      .map((regime, r) => ({ name: regime.name, p: this.probability[at * width + r] }))
      .filter((regime) => regime.p !== MISSING && regime.p >= 0.05 * ONE)
      .sort((a, b) => b.p - a.p)
      .forEach((regime) => lines.push(`${regime.name} ${(regime.p / ONE).toFixed(2)}`));
    lines.push(`nothing recognised ${(this.nothing[at] / ONE).toFixed(2)}`);
    lines.push(`verdict: ${this.data.verdicts[this.verdict[at]] || 'none'}`);
    return lines.join('\n');
  }

  drawCursor() {
    const c = this.over.getContext('2d');
    c.clearRect(0, 0, this.over.width, this.over.height);
    if (!this.cell || !this.data) {
      return;
    }
    c.strokeStyle = css('--focus');
    c.lineWidth = 2;
    const left = this.x(this.data.start[this.cell.column]);
    const right = this.x(this.data.end[this.cell.column]);
    for (const group of this.groups) {
      const top = this.y(group, this.rows.upper[this.cell.level]);
      c.strokeRect(left - 1, top, right - left + 2, this.y(group, this.rows.lower[this.cell.level]) - top);
    }
  }
}

// Rows too thin for a rim keep their colours: only a hair line then.
function line(c, from, to, y, revoked, rowHeight) {
  const thin = rowHeight < 7;
  const stroke = (colour, width, radius) => {
    c.strokeStyle = colour;
    c.fillStyle = colour;
    c.lineWidth = width;
    c.beginPath();
    c.moveTo(from, y);
    c.lineTo(to, y);
    if (revoked) {
      c.moveTo(to - 4, y - 4);
      c.lineTo(to + 4, y + 4);
      c.moveTo(to - 4, y + 4);
      c.lineTo(to + 4, y - 4);
    }
    c.stroke();
    c.beginPath();
    c.arc(from, y, radius, 0, 7);
    c.fill();
  };
  if (thin) {
    stroke(css('--ink'), Math.min(0.8, rowHeight * 0.2), Math.min(2.5, rowHeight * 0.5));
    return;
  }
  stroke(css('--card'), 4, 5.5);
  stroke(css('--ink'), 1.5, 3.5);
}

// The band of pressures of each level, up to the geometric mean with its neighbours.
function rows(pressure) {
  const order = pressure.map((_, i) => i).sort((a, b) => pressure[a] - pressure[b]);
  const upper = [];
  const lower = [];
  order.forEach((level, k) => {
    const own = pressure[level];
    const above = k > 0 ? Math.sqrt(own * pressure[order[k - 1]]) : null;
    const below = k < order.length - 1 ? Math.sqrt(own * pressure[order[k + 1]]) : null;
    upper[level] = above || (below ? (own * own) / below : own / 2);
    lower[level] = below || (above ? (own * own) / above : own * 2);
  });
  return { order, upper, lower, top: Math.min(...upper), bottom: Math.max(...lower) };
}
