// Verdicts by level and metric; cells open the series.
import { bar, element, significant } from './server.js';

const MARKS = {
  'equilibrated': '●', 'drifting': '↗', 'cyclic': '∿', 'revoked': '✕', 'degenerate': '=',
};

// Tab stops once in the table, however many levels there are; arrow keys go on from there.
export function arrowsMoveIn(table) {
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  table.addEventListener('focusin', (event) => {
    table.dataset.stop = place(event.target);
    stop(table);
  });
  table.addEventListener('keydown', (event) => {
    const rows = [...table.rows].map((row) => [...row.querySelectorAll('button')])
      .filter((buttons) => buttons.length > 0);
    const row = rows.findIndex((buttons) => buttons.includes(event.target));
    if (row < 0 || !(steps[event.key] || event.key === 'Home' || event.key === 'End')) {
      return;
    }
    event.preventDefault();
    const within = (value, all) => Math.max(0, Math.min(all.length - 1, value));
    const column = rows[row].indexOf(event.target);
    const [down, right] = steps[event.key] || [0, event.key === 'Home' ? -column : rows[row].length];
    const next = rows[within(row + down, rows)];
    next[within(column + right, next)].focus();
  });
}

const place = (button) => button.dataset.series || `column ${button.dataset.columnSeries}`;

// Where Tab stops: where the focus was last, also when the table has been drawn anew.
function stop(table) {
  const all = [...table.querySelectorAll('button')];
  const one = all.find((button) => place(button) === table.dataset.stop) || all[0];
  all.forEach((button) => { button.tabIndex = button === one ? 0 : -1; });
}

// Levels of the status, which are in the history's order.
export function drawTable(table, page, onOpen) {
  const said = page.status?.levels || [];
  if (!page.history || said.length === 0) {
    return;
  }
  const head = ['pressure', 'verdict', 'regime', ...page.history.metrics.map((m) =>
    `${m.name.replaceAll('_', ' ')}${m.unit === '1' ? '' : ` (${m.unit})`}`)];
  const row = document.createElement('tr');
  row.append(...head.map((text) => element('th', text, { scope: 'col' })));
  const focused = document.activeElement?.dataset?.series;
  table.tHead.replaceChildren(row);
  table.tBodies[0].replaceChildren(...said.map((level) => verdictRow(level, page.history, onOpen)));
  if (focused) {
    table.querySelector(`[data-series="${focused}"]`)?.focus();
  }
  stop(table);
}

// The whole column has metrics of its own, so its row at the foot names them.
export function drawColumn(table, page, onOpen) {
  const said = page.status?.column;
  const known = page.history?.columnMetrics || [];
  const foot = table.tFoot;
  const focused = document.activeElement?.dataset?.columnSeries;
  foot.replaceChildren();
  if (!said || known.length === 0) {
    return;
  }
  const row = document.createElement('tr');
  const cell = element('td', '', { colspan: Math.max(1, page.history.metrics.length) });
  known.forEach((metric, m) => cell.append(...columnMetric(metric, m, said.metrics || [], onOpen)));
  row.append(element('th', 'whole column', { scope: 'row' }),
    element('td', said.verdict || '–', { 'class': 'badge', 'data-mark': MARKS[said.verdict] || '…' }),
    element('td', '–'), cell);
  foot.append(row);
  if (focused) {
    table.querySelector(`[data-column-series="${focused}"]`)?.focus();
  }
  stop(table);
}

function columnMetric(metric, m, said, onOpen) {
  const found = said.find((one) => one.name === metric.name);
  if (!found) {
    return [];
  }
  const name = metric.name.replaceAll('_', ' ');
  const unit = metric.unit === '1' ? '' : ` ${metric.unit}`;
  const button = element('button', found.verdict || 'none', {
    'type': 'button',
    'data-column-series': m,
    'title': found.detail || '',
    'aria-label': `${name} of the whole column: ${found.verdict}, show series`,
  });
  button.addEventListener('click', () => onOpen(m));
  return [`${name} ${significant(found.value, 4)}${unit} `, button, ' '];
}

function verdictRow(said, history, onOpen) {
  const row = document.createElement('tr');
  const level = history.pressure.findIndex((p) => Math.abs(p / said.pressure - 1) < 1e-6);
  row.append(
    element('th', bar(said.pressure), { scope: 'row' }),
    element('td', said.verdict || '–', { 'class': 'badge', 'data-mark': MARKS[said.verdict] || '…' }),
    element('td', said.regime ? `${said.regime} ${Number(said.probability ?? 0).toFixed(2)}` : 'no output'));
  history.metrics.forEach((metric, m) => {
    const found = (said.metrics || []).find((one) => one.name === metric.name);
    row.append(metricCell(level, m, { metric, found, pressure: said.pressure }, onOpen));
  });
  return row;
}

function metricCell(level, m, { metric, found, pressure }, onOpen) {
  const cell = document.createElement('td');
  if (!found || level < 0) {
    cell.textContent = '–';
    return cell;
  }
  const button = element('button', found.verdict || 'none', {
    'type': 'button',
    'data-series': `${level},${m}`,
    'title': found.detail || '',
    'aria-label': `${metric.name.replaceAll('_', ' ')} at ${bar(pressure)}: ${found.verdict}, show series`,
  });
  button.addEventListener('click', () => onOpen(level, m));
  cell.append(`${significant(found.value, 4)} `, button);
  return cell;
}
