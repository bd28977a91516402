// Wires the page: events in, charts and tables out, orders back.
import { CategoryMap, hatch, shade } from './categories.js';
import { drawLevel } from './level.js';
import { healthRows, runVerdict } from './health.js';
import { drawSeries } from './series.js';
import { bar, clock, css, element, follow, get, order, significant } from './server.js';
import { arrowsMoveIn, drawColumn, drawTable } from './table.js';

const byId = (id) => document.getElementById(id);
const ORDERS = {
  veto: 'Nothing will stop this run until the veto is taken back.',
  stop: 'The model will be asked to end at its next output, whatever the verdicts say.',
  resume: 'Lifts a veto, and takes back a stop that the model has not yet followed.',
};

const page = { history: null, status: null, level: null, output: null, series: null, outputs: -1, news: -1, loading: false, asked: false };

const categories = new CategoryMap(byId('categories'), (level, output) => openLevel(level, output, true),
  (text) => { byId('spoken').textContent = text; });

function say(text) {
  if (byId('message').textContent === text) {
    return;
  }
  byId('message').textContent = text;
  byId('message').hidden = !text;
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  redraw();
}

// After a history that could not be had, the next try, ms.
const AGAIN = 2000;

// The history; null as long as there is none or if it cannot be had now.
async function history() {
  try {
    return await get('/api/history');
  } catch (error) {
    if (error.code) {
      connection(error.code);
    }
    setTimeout(loadHistory, AGAIN);
    return null;
  }
}

// Whoever asks while one is on its way: what comes may be older than the news, then it is asked for again.
async function loadHistory() {
  if (page.loading) {
    page.asked = true;
    return;
  }
  page.loading = true;
  page.asked = false;
  try {
    const known = await history();
    if (known) {
      await drawHistory(known);
    }
  } finally {
    page.loading = false;
  }
  if (page.asked && page.outputs !== page.news) {
    await loadHistory();
  }
}

async function drawHistory(known) {
  page.history = known;
  page.outputs = known.outputs;
  categories.set(known);
  performance.mark('plateau-drawn');
  legend();
  levels();
  verdictTable();
  await openLevel(page.level ?? Math.floor(known.pressure.length / 2), page.output ?? null, false);
  if (page.series || known.metrics.length > 0) {
    await openSeries(...(page.series || [page.level, 0]));
  }
}

function onEvent(event) {
  page.status = event.status;
  page.news = event.outputs;
  showStatus();
  if (event.outputs !== page.outputs) {
    if (!document.hidden) { // nobody sees it; asked for when somebody does
      loadHistory();
    }
  } else {
    verdictTable();
  }
}

function connection(code) {
  if (code === 200) {
    page.heard = new Date();
    say('');
  } else if (code === 401) {
    say('The address lacks the token: open the one that the monitor printed.');
  } else if (code === 503) {
    say('Too many pages follow this run; this one tries again.');
  } else {
    const since = page.heard ? `No news since ${page.heard.toLocaleTimeString()}` : 'No connection to the monitor';
    say(`${since}; the page tries again every two seconds.`);
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
  byId('health').replaceChildren(...healthRows(status));
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
  items.push(element('li', '●── declared equilibrated, ✕ revoked'));
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

// Opens a level's latest map, or the one kept nearest to an output.
async function openLevel(level, output, byHand) {
  page.level = level;
  page.output = output;
  byId('level').value = String(level);
  const at = output === null ? '' : `&output=${output}`;
  const map = await get(`/api/map?level=${level}${at}`).catch(() => null);
  if (page.level !== level || page.output !== output) {
    return;
  }
  if (byHand || map?.time !== page.map?.time) {
    page.seen = null; // it belongs to the map that was shown
  }
  page.map = map;
  drawMap();
  if (byHand && page.history.metrics.length > 0) {
    await openSeries(level, page.series && page.series[0] !== 'column' ? page.series[1] : 0);
  }
}

async function toggleSaliency() {
  if (page.seen) {
    page.seen = null;
    drawMap();
    return;
  }
  byId('seen-label').textContent = 'looking ...';
  page.output = page.output ?? page.history.outputs - 1; // the latest map stays while it is looked at
  const { level, output } = page;
  const at = `&output=${output}`;
  try {
    page.seen = await get(`/api/saliency?level=${level}${at}`, 120000);
    byId('seen-label').textContent = page.seen ? '' : 'cannot be told for this map';
  } catch (error) {
    byId('seen-label').textContent = error.code === 503
      ? 'another map is being looked at; try again' : 'no answer';
  }
  drawMap();
}

function labelText(map) {
  const { units } = page.history;
  const time = clock(units);
  const word = time.title.split(' ')[0];
  const strong = (map.labels || []).filter((label) => label.probability >= 0.5)
    .sort((a, b) => b.probability - a.probability)
    .map((label) => `${label.regime} ${label.probability.toFixed(2)}`);
  if (map.nothing >= 0.5) {
    strong.push(`nothing recognised ${map.nothing.toFixed(2)}`);
  }
  const asked = map.askedTime !== undefined && map.askedTime !== map.time
    ? ` (the nearest kept to ${significant(map.askedTime / time.divisor, 5)})` : '';
  return `${bar(map.pressure)} at ${significant(map.time / time.divisor, 5)} ${word}${asked}`
    + `: ${strong.length > 0 ? strong.join(', ') : map.labels ? 'nothing above 0.50' : 'no labels'}`;
}

function drawMap() {
  const canvas = byId('map');
  byId('latest').hidden = page.output === null || page.output === undefined;
  byId('saliency').hidden = !page.map?.saliency;
  byId('saliency').setAttribute('aria-pressed', String(Boolean(page.seen)));
  if (!page.map) {
    byId('map-label').textContent = 'no map kept';
    return;
  }
  const text = labelText(page.map);
  byId('map-label').textContent = text;
  if (page.seen) {
    byId('seen-label').textContent =
      `Bright: covering it takes ${page.seen.regime} ${page.seen.probability.toFixed(2)} down the most.`;
  } else if (byId('seen-label').textContent.startsWith('Bright')) {
    byId('seen-label').textContent = '';
  }
  canvas.setAttribute('aria-label', `${text}. ${drawLevel(canvas, page.map, page.seen)}`);
}

// Of a level, or of the whole column where the level is "column".
async function openSeries(level, metric) {
  page.series = [level, metric];
  const path = level === 'column' ? `/api/column?metric=${metric}` : `/api/series?level=${level}&metric=${metric}`;
  page.seriesData = await get(path).catch(() => null);
  drawCurve();
}

// What the verdict was decided on, as the classifier says it.
function detail(level, name) {
  const pressure = page.history.pressure[level];
  const said = level === 'column' ? page.status?.column
    : (page.status?.levels || []).find((l) => Math.abs(l.pressure / pressure - 1) < 1e-6);
  const found = (said?.metrics || []).find((metric) => metric.name === name);
  return found?.detail ? `; ${found.detail}` : '';
}

function drawCurve() {
  if (!page.seriesData) {
    return;
  }
  const [level, metric] = page.series;
  const ofColumn = level === 'column';
  const { name, unit } = (ofColumn ? page.history.columnMetrics : page.history.metrics)[metric];
  const where = ofColumn ? 'of the whole column' : `at ${bar(page.history.pressure[level])}`;
  const text = drawSeries(byId('series'), page.seriesData, page.history) + detail(level, name);
  const what = `${name.replaceAll('_', ' ')}${unit === '1' ? '' : ` (${unit})`} ${where}`;
  byId('series-label').textContent = `${what}: ${text}`;
  byId('series').setAttribute('aria-label', `${what}: ${text}`);
}

function verdictTable() {
  drawTable(byId('verdicts'), page, openSeries);
  drawColumn(byId('verdicts'), page, (metric) => openSeries('column', metric));
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
      : code === 409 && page.status?.state === 'ended' ? `${text}: refused, the run has ended.`
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
arrowsMoveIn(byId('verdicts'));
byId('no').addEventListener('click', () => byId('confirm').close());
byId('level').addEventListener('change', (event) => openLevel(Number(event.target.value), page.output, true));
byId('latest').addEventListener('click', () => openLevel(page.level, null, false));
byId('saliency').addEventListener('click', toggleSaliency);
byId('palette').addEventListener('change', (event) => {
  categories.palette = event.target.value;
  redraw();
});
byId('theme').addEventListener('click', () => {
  const name = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('plateau-theme', name);
  theme(name);
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    loadHistory();
  }
});
let width = window.innerWidth;
window.addEventListener('resize', () => {
  if (window.innerWidth !== width) {
    width = window.innerWidth;
    redraw();
  }
});
theme(localStorage.getItem('plateau-theme')
  || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
  if (!localStorage.getItem('plateau-theme')) {
    theme(event.matches ? 'dark' : 'light');
  }
});
follow(onEvent, connection);
