// One metric at one level over time: values, the steady part's mean and tolerance, its start.
import { clock, context, css, significant, ticks } from './server.js';

const TINTS = {
  'equilibrated': '#009e73', 'drifting': '#d55e00', 'cyclic': '#cc79a7', 'revoked': '#7a0019',
  'undecided': '#f0e442', 'warming-up': '#b0b0b0',
};

// Draws and returns a sentence that says what is to be seen.
export function drawSeries(canvas, series, history) {
  const width = canvas.parentElement.clientWidth;
  const height = Math.max(220, width * 0.42);
  const c = context(canvas, width, height);
  const time = clock(history.units);
  const box = { x: 64, y: 10, w: width - 64 - 12, h: height - 10 - 42 };
  const known = [...series.low, ...series.high].filter((value) => value !== null);
  const steady = series.mean !== undefined && series.since !== undefined;
  if (steady && series.tolerance !== undefined) {
    known.push(series.mean - series.tolerance, series.mean + series.tolerance);
  }
  let low = known.length > 0 ? Math.min(...known) : 0;
  let high = known.length > 0 ? Math.max(...known) : 1;
  const margin = (high - low || Math.abs(high) * 1e-3 || 1) * 0.08;
  low -= margin * 1.6;
  high += margin;
  const from = series.time[0];
  const to = series.time[series.time.length - 1] || from + 1;
  const x = (t) => box.x + ((t - from) / (to - from || 1)) * box.w;
  const y = (value) => box.y + ((high - value) / (high - low)) * box.h;
  if (steady) {
    steadyPart(c, box, series, x, y);
  }
  curve(c, series, x, y);
  strip(c, box, series, history.verdicts, x);
  axes(c, box, { low, high, from, to, x, y, time });
  const verdict = history.verdicts[series.verdict[series.verdict.length - 1]] || 'no verdict';
  return steady
    ? `${verdict}; mean ${significant(series.mean, 5)} since ${significant(series.since / time.divisor, 4)} ${time.title.split(' ')[0]}`
    : verdict;
}

function steadyPart(c, box, series, x, y) {
  const left = Math.max(box.x, x(series.since));
  if (series.tolerance !== undefined) {
    c.fillStyle = 'rgb(0 158 115 / .22)';
    const top = y(series.mean + series.tolerance);
    c.fillRect(left, top, box.x + box.w - left, y(series.mean - series.tolerance) - top);
  }
  c.strokeStyle = '#009e73';
  c.lineWidth = 1.2;
  c.beginPath();
  c.moveTo(left, y(series.mean));
  c.lineTo(box.x + box.w, y(series.mean));
  c.stroke();
  c.setLineDash([4, 3]);
  c.beginPath();
  c.moveTo(left, box.y);
  c.lineTo(left, box.y + box.h);
  c.stroke();
  c.setLineDash([]);
}

function curve(c, series, x, y) {
  c.strokeStyle = css('--accent');
  c.lineWidth = 1.4;
  c.beginPath();
  let pen = false;
  series.time.forEach((t, i) => {
    if (series.low[i] === null) {
      pen = false;
      return;
    }
    if (pen) {
      c.lineTo(x(t), y(series.low[i]));
    } else {
      c.moveTo(x(t), y(series.low[i]));
    }
    c.lineTo(x(t), y(series.high[i]));
    pen = true;
  });
  c.stroke();
}

function strip(c, box, series, verdicts, x) {
  series.time.forEach((t, i) => {
    const tint = TINTS[verdicts[series.verdict[i]]];
    if (tint) {
      const left = i > 0 ? x(series.time[i - 1]) : box.x;
      c.fillStyle = tint;
      c.fillRect(left, box.y + box.h - 6, x(t) - left + 0.5, 6);
    }
  });
}

function axes(c, box, s) {
  c.strokeStyle = css('--faint');
  c.lineWidth = 1;
  c.strokeRect(box.x, box.y, box.w, box.h);
  c.fillStyle = css('--faint');
  c.textAlign = 'right';
  for (const value of ticks(s.low, s.high, 5)) {
    c.fillRect(box.x - 4, s.y(value), 4, 1);
    c.fillText(significant(value, 5), box.x - 7, s.y(value) + 4);
  }
  c.textAlign = 'center';
  const d = s.time.divisor;
  for (const value of ticks(s.from / d, s.to / d, Math.max(3, box.w / 100))) {
    c.fillRect(s.x(value * d), box.y + box.h, 1, 4);
    c.fillText(String(value), s.x(value * d), box.y + box.h + 16);
  }
  c.fillText(`model time, ${s.time.title}`, box.x + box.w / 2, box.y + box.h + 33);
}
