// Talks to the classifier. The token comes in the address behind '#', which browsers send nowhere.

const KEY = 'plateau-token';

function token() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.setItem(KEY, given);
  }
  return given || sessionStorage.getItem(KEY) || '';
}

function headers() {
  return { Authorization: `Bearer ${token()}` };
}

// How long an answer may take, ms; a tunnel that died in silence gives none.
const PATIENCE = 30000;

// The JSON at a path; throws with the HTTP status as `code`.
export async function get(path, patience = PATIENCE) {
  const signal = AbortSignal.timeout(patience);
  const response = await fetch(path, { headers: headers(), cache: 'no-store', signal });
  if (!response.ok) {
    throw Object.assign(new Error(`HTTP ${response.status}`), { code: response.status });
  }
  return response.json();
}

export async function order(word, reason) {
  const response = await fetch(`/api/${word}`, {
    method: 'POST',
    headers: { ...headers(), 'Content-Type': 'application/json' },
    body: JSON.stringify({ confirm: word, reason }),
  });
  return response.status;
}

// The monitor says something every ten seconds; a tunnel that died in silence says nothing. After
// one word that did not come the page says so, after two it takes another connection, ms.
const DOUBT = 15000;
const SILENCE = 25000;

// A new connection is answered at once, ms.
const FIRST = 5000;

// Follows the events for ever; a broken or silent stream is taken up again after two seconds.
// `onConnection` is told 200 while there is news, 0 while there is none, or the status of a refusal.
export async function follow(onEvent, onConnection) {
  for (;;) {
    const abort = new AbortController();
    let doubt;
    let silence = setTimeout(() => abort.abort(), FIRST);
    const heard = () => {
      clearTimeout(doubt);
      clearTimeout(silence);
      doubt = setTimeout(() => onConnection(0), DOUBT);
      silence = setTimeout(() => abort.abort(), SILENCE);
      onConnection(200);
    };
    try {
      const response = await fetch('/api/events', { headers: headers(), cache: 'no-store', signal: abort.signal });
      if (response.ok) {
        heard();
        await read(response.body, onEvent, heard);
      }
      onConnection(response.ok ? 0 : response.status);
    } catch {
      onConnection(0);
    }
    clearTimeout(doubt);
    clearTimeout(silence);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

async function read(body, onEvent, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    heard();
    text += value;
    const events = text.split('\n\n');
    text = events.pop();
    for (const event of events) {
      const data = event.split('\n').filter((line) => line.startsWith('data: '));
      if (data.length > 0) {
        onEvent(JSON.parse(data.map((line) => line.slice(6)).join('\n')));
      }
    }
  }
}

export function bytes(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

export function floats(base64) {
  return new Float32Array(bytes(base64).buffer);
}

// Model time in days where the model counts in less.
export function clock(units) {
  const word = (units || '').trim().split(/\s+/)[0].toLowerCase();
  const per = { s: 86400, min: 1440, h: 24 };
  const divisor = word.startsWith('sec') || word === 's' ? per.s
    : word.startsWith('min') ? per.min
    : word.startsWith('hour') || word === 'h' || word.startsWith('hr') ? per.h : 1;
  const since = (units || '').replace(/^\S+\s*/, '').replace(/[T ]00:00:00.*$/, '');
  return { divisor, title: `${divisor > 1 ? 'days' : word} ${since}`.trim() };
}

export function significant(value, digits) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e6 || size < 1e-4)
    ? value.toExponential(digits - 1) : String(Number(value.toPrecision(digits)));
}

export function bar(pascal) {
  return `${significant(pascal / 1e5, 2)} bar`;
}

export function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

export function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// A canvas's context in CSS pixels, sharp on any screen.
export function context(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.height = `${height}px`;
  const context2d = canvas.getContext('2d');
  context2d.setTransform(ratio, 0, 0, ratio, 0, 0);
  context2d.font = '12px system-ui, "DejaVu Sans", Verdana, sans-serif';
  return context2d;
}

// Round numbers that cut a range into about so many parts.
export function ticks(low, high, about) {
  const rough = (high - low) / Math.max(1, about);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((f) => f * decade).find((s) => s >= rough * 0.999) || 1;
  const values = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    values.push(Number((k * step).toPrecision(12)));
  }
  return values;
}
