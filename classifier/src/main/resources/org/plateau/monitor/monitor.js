// Wires the page: events in, charts and tables out, orders back.
import { CategoryMap, hatch, shade } from './categories.js';
import { drawLevel } from './level.js';
import { drawSeries } from './series.js';
import { bar, clock, css, follow, get, order, significant } from './server.js';

const byId = (id) => document.getElementById(id);
const MARKS = {
  'equilibrated': '●', 'drifting': '↗', 'cyclic': '∿', 'revoked': '✕', 'degenerate': '=',
};
const ORDERS = {
  veto: 'Nothing will stop this run until the veto is taken back.',
  stop: 'The model will be asked to end at its next output, whatever the verdicts say.',
  resume: 'Lifts a veto, and takes back a stop that the model has not yet followed.',
};

const page = { history: null, status: null, level: null, series: null, outputs: -1, loading: false };

const categories = new CategoryMap(byId('categories'), (level) => openLevel(level, true),
  (text) => { byId('spoken').textContent = text; });

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

function say(text) {
  byId('message').textContent = text;
  byId('message').hidden = !text;
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  localStorage.setItem('plateau-theme', name);
  redraw();
}

async function loadHistory() {
  if (page.loading) {
    return;
  }
  page.loading = true;
  try {
    const history = await get('/api/history');
    if (history) {
      page.history = history;
      page.outputs = history.outputs;
      categories.set(history);
      legend();
      levels();
      verdictTable();
      await openLevel(page.level ?? Math.floor(history.pressure.length / 2), false);
      if (page.series || history.metrics.length > 0) {
        await openSeries(...(page.series || [page.level, 0]));
      }
    }
  } catch (error) {
    if (error.code) {
      connection(error.code);
    }
  } finally {
    page.loading = false;
  }
}

function onEvent(event) {
  page.status = event.status;
  showStatus();
  if (event.outputs !== page.outputs) {
    loadHistory();
  } else {
    verdictTable();
  }
}

function connection(code) {
  if (code === 200) {
    say('');
  } else if (code === 401) {
    say('The address lacks the token: open the one that the monitor printed.');
  } else if (code === 503) {
    say('Too many pages follow this run; this one tries again.');
  } else {
    say('No connection to the monitor; the page tries again every two seconds.');
  }
}

function showStatus() {
  const status = page.status || {};
  const time = status.modelTime || {};
  const units = clock(time.units || '');
  byId('run').textContent = status.run || '';
  document.title = status.run ? `${status.run} – Plateau` : 'Plateau';
  byId('state').textContent = page.status
    ? `${status.state || 'unknown'}, ${significant(time.value / units.divisor, 6)} ${units.title}, ${status.outputs ?? 0} outputs`
    : 'waiting for the first output';
  byId('verdict').textContent = runVerdict(status);
  health(status);
}

function runVerdict(status) {
  const verdict = status.run_verdict || {};
  const word = typeof verdict === 'string' ? verdict : verdict.verdict;
  const parts = [word ? `Run: ${word}` : 'No verdict yet'];
  if (verdict.detail) {
    parts.push(verdict.detail);
  }
  const waiting = status.stop?.waitingFor || [];
  if (waiting.length > 0) {
    parts.push(`waiting for ${waiting[0]}${waiting.length > 1 ? ` and ${waiting.length - 1} more` : ''}`);
  } else if (status.stop?.hold > 1 && !status.stop.decided) {
    parts.push(`held for ${status.stop.held} of ${status.stop.hold} outputs`);
  }
  if (status.stop?.vetoed) {
    parts.push('any stop is vetoed');
  }
  if (status.stop && status.stop.decided) {
    parts.push(`stop decided${status.stop.reason ? `: ${status.stop.reason}` : ''}`);
  }
  return `${parts.join('; ')}.`;
}

function health(status) {
  const list = byId('health');
  const account = status.account || {};
  const hook = status.hook || {};
  const engine = status.engine || {};
  const rows = [
    ['writes captured', account.written],
    ...['used', 'metadata', 'superseded', 'orphan', 'dropped', 'torn'].map((end) => [end, account[end]]),
    ['hook, a write', hook.costP50us === undefined ? undefined
      : `${significant(hook.costP50us, 3)} µs, p99 ${significant(hook.costP99us, 3)} µs, most ${significant(hook.costMaxus, 3)} µs`],
    ['engine', typeof engine === 'string' ? engine : engine.description || engine.name],
  ];
  list.replaceChildren(...rows.filter(([, value]) => value !== undefined && value !== null)
    .flatMap(([name, value]) => [element('dt', name), element('dd', String(value))]));
}

function legend() {
  const ground = css('--card');
  const swatch = (text, paint) => {
    const item = element('li', '');
    const canvas = document.createElement('canvas');
    canvas.width = 68;
    canvas.height = 26;
    canvas.setAttribute('aria-hidden', 'true');
    paint(canvas.getContext('2d'));
    item.append(canvas, text);
    return item;
  };
  const items = page.history.regimes.map((regime) => swatch(regime.name, (c) => {
    for (let i = 0; i < 8; i++) {
      c.fillStyle = shade(regime[categories.palette], i / 7, ground);
      c.fillRect(i * 8.5, 0, 9, 26);
    }
  }));
  items.push(swatch('nothing recognised', (c) => hatch(c, 0, 0, 68, 26)));
  items.push(swatch('no output', (c) => { c.fillStyle = css('--gap'); c.fillRect(0, 0, 68, 26); }));
  items.push(element('li', '●── equilibrated since, ✕ revoked'));
  byId('legend').replaceChildren(...items);
}

function levels() {
  const select = byId('level');
  const { pressure } = page.history;
  if (select.options.length !== pressure.length) {
    const order = pressure.map((_, i) => i).sort((a, b) => pressure[a] - pressure[b]);
    select.replaceChildren(...order.map((l) => element('option', bar(pressure[l]), { value: l })));
  }
}

async function openLevel(level, byHand) {
  page.level = level;
  byId('level').value = String(level);
  const map = await get(`/api/map?level=${level}`).catch(() => null);
  page.map = map;
  drawMap();
  if (byHand && page.history.metrics.length > 0) {
    await openSeries(level, page.series ? page.series[1] : 0);
  }
}

function drawMap() {
  const canvas = byId('map');
  if (!page.map) {
    byId('map-label').textContent = 'no map yet';
    return;
  }
  const said = (page.status?.levels || [])
    .find((l) => Math.abs(l.pressure / page.map.pressure - 1) < 1e-6);
  const units = clock(page.history.units);
  byId('map-label').textContent =
    `${said ? `${said.regime ?? 'nothing recognised'} ${Number(said.probability ?? 0).toFixed(2)}, ` : ''}`
    + `at ${significant(page.map.time / units.divisor, 5)} ${units.title}`;
  canvas.setAttribute('aria-label', `${bar(page.map.pressure)}: ${drawLevel(canvas, page.map)}`);
}

async function openSeries(level, metric) {
  page.series = [level, metric];
  page.seriesData = await get(`/api/series?level=${level}&metric=${metric}`).catch(() => null);
  drawCurve();
}

// What the verdict was decided on: "Drifting[drift=1.5, bound=2.25]" as "drift 1.5, bound 2.25".
function detail(level, name) {
  const pressure = page.history.pressure[level];
  const said = (page.status?.levels || []).find((l) => Math.abs(l.pressure / pressure - 1) < 1e-6);
  const found = (said?.metrics || []).find((metric) => metric.name === name);
  const inner = /\[(.*)\]/.exec((found?.detail || '').replace(/\b(since|first|mean)=[^,\]]*(, )?/g, ''));
  return !inner || !inner[1] ? '' : `; ${inner[1].replace(/([A-Z])/g, (c) => ` ${c.toLowerCase()}`)
    .replace(/=(-?[\d.]+(?:[eE]-?\d+)?)/g, (_, value) => ` ${significant(Number(value), 4)}`).replaceAll('=', ' ')}`;
}

function drawCurve() {
  if (!page.seriesData) {
    return;
  }
  const [level, metric] = page.series;
  const { name, unit } = page.history.metrics[metric];
  const text = drawSeries(byId('series'), page.seriesData, page.history) + detail(level, name);
  const what = `${name.replaceAll('_', ' ')}${unit === '1' ? '' : ` (${unit})`} at ${bar(page.history.pressure[level])}`;
  byId('series-label').textContent = `${what}: ${text}`;
  byId('series').setAttribute('aria-label', `${what}: ${text}`);
}

// Levels of the status in the history's order; cells open the series.
function verdictTable() {
  const said = page.status?.levels || [];
  if (!page.history || said.length === 0) {
    return;
  }
  const table = byId('verdicts');
  const head = ['pressure', 'regime', 'verdict', ...page.history.metrics.map((m) =>
    `${m.name.replaceAll('_', ' ')}${m.unit === '1' ? '' : ` (${m.unit})`}`)];
  const row = document.createElement('tr');
  row.append(...head.map((text) => element('th', text, { scope: 'col' })));
  table.tHead.replaceChildren(row);
  const focused = document.activeElement?.dataset?.series;
  table.tBodies[0].replaceChildren(...said.map(verdictRow));
  if (focused) {
    table.querySelector(`[data-series="${focused}"]`)?.focus();
  }
}

function verdictRow(said) {
  const row = document.createElement('tr');
  const level = page.history.pressure.findIndex((p) => Math.abs(p / said.pressure - 1) < 1e-6);
  row.append(
    element('th', bar(said.pressure), { scope: 'row' }),
    element('td', said.regime ? `${said.regime} ${Number(said.probability ?? 0).toFixed(2)}` : 'nothing'),
    badge(said.verdict));
  page.history.metrics.forEach((metric, m) => {
    const found = (said.metrics || []).find((one) => one.name === metric.name);
    row.append(metricCell(level, m, metric, found));
  });
  return row;
}

function badge(verdict) {
  return element('td', verdict || '–', { 'class': 'badge', 'data-mark': MARKS[verdict] || '…' });
}

function metricCell(level, m, metric, found) {
  const cell = document.createElement('td');
  if (!found || level < 0) {
    cell.textContent = '–';
    return cell;
  }
  const button = element('button', found.verdict || 'none', {
    'type': 'button',
    'data-series': `${level},${m}`,
    'aria-label': `${metric.name.replaceAll('_', ' ')} at ${bar(page.history.pressure[level])}: ${found.verdict}, show series`,
  });
  button.addEventListener('click', () => openSeries(level, m));
  cell.append(`${significant(found.value, 4)} `, button);
  return cell;
}

function ask(word, text) {
  byId('confirm-title').textContent = `${text}?`;
  byId('confirm-text').textContent = ORDERS[word];
  byId('reason').value = '';
  byId('yes').textContent = text;
  byId('yes').onclick = async () => {
    byId('confirm').close();
    const code = await order(word, byId('reason').value.trim()).catch(() => 0);
    byId('ordered').textContent = code === 200 ? `${text}: ordered.`
      : code === 409 ? `${text}: refused, the run is under a veto; take it back first.`
      : `${text}: not done (${code || 'no connection'}).`;
  };
  byId('confirm').showModal();
}

function redraw() {
  categories.draw();
  if (page.history) {
    legend();
    drawMap();
    drawCurve();
  }
}

document.querySelectorAll('[data-order]').forEach((button) =>
  button.addEventListener('click', () => ask(button.dataset.order, button.textContent)));
byId('no').addEventListener('click', () => byId('confirm').close());
byId('level').addEventListener('change', (event) => openLevel(Number(event.target.value), true));
byId('palette').addEventListener('change', (event) => {
  categories.palette = event.target.value;
  redraw();
});
byId('theme').addEventListener('click', () =>
  theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
let width = window.innerWidth;
window.addEventListener('resize', () => {
  if (window.innerWidth !== width) {
    width = window.innerWidth;
    redraw();
  }
});
theme(localStorage.getItem('plateau-theme')
  || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
follow(onEvent, connection);
