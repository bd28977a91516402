// Verdicts by level and metric; cells open the series.
import { bar, element, significant } from './server.js';

const MARKS = {
  'equilibrated': '●', 'drifting': '↗', 'cyclic': '∿', 'revoked': '✕', 'degenerate': '=',
};

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
