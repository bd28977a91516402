// The run's verdict in a line, and how its parts are doing.
import { bar, element, significant } from './server.js';

const SILENT_SECONDS = 15;

export function runVerdict(status) {
  const verdict = status.run_verdict || {};
  const word = typeof verdict === 'string' ? verdict : verdict.verdict;
  const stop = status.stop || {};
  const parts = [word ? `Run: ${word}` : 'No verdict yet'];
  if (stop.decided && stop.vetoed && status.state !== 'ended') {
    parts.push('a stop that was decided is held back by a veto');
    return `${parts.join('; ')}.`;
  }
  if (stop.decided) {
    parts.push(status.state === 'ended' ? 'stopped' : 'will stop');
    parts[parts.length - 1] += stop.because ? ` because ${stop.because}` : '';
    return `${parts.join('; ')}.`;
  }
  if (status.state !== 'ended' && verdict.outlook?.text) {
    parts.push(`${verdict.outlook.text}${stop.mode === 'act' ? '' : ' (it only advises)'}`);
  }
  const waiting = stop.waitingFor || [];
  if (waiting.length > 0) {
    parts.push(`waiting for ${waiting[0]}${waiting.length > 1 ? ` and ${waiting.length - 1} more` : ''}`);
  } else if (stop.hold > 1) {
    parts.push(`held for ${stop.held} of ${stop.hold} outputs`);
  }
  if (stop.vetoed) {
    parts.push('any stop is vetoed');
  }
  return `${parts.join('; ')}.`;
}

// What the classifier does not know is left out.
export function healthRows(status) {
  const account = status.account || {};
  return [
    ...speed(status.health || {}),
    ...nodes(status),
    ['writes captured', account.written],
    ...['used', 'metadata', 'superseded', 'orphan', 'dropped', 'torn'].map((end) => [end, account[end]]),
    ...Object.entries(account.reasons || {}).map(([reason, count]) => [`– ${reason}`, count]),
    ...gaps(status),
    ['hook, a write', hook(status.hook || {})],
    ...memory(status.health || {}),
    ['engine', typeof status.engine === 'string' ? status.engine : status.engine?.description],
  ].filter(([, value]) => value !== undefined && value !== null)
    .flatMap(([name, value]) => [element('dt', name), element('dd', String(value))]);
}

function speed(health) {
  const rate = health.recordsPerSecond;
  return [
    ['records a second', rate === undefined || rate === null ? undefined
      : `${significant(rate, 3)}, ${size(health.bytesPerSecond)}/s`],
    ['lag, write to label', health.lagSeconds === undefined || health.lagSeconds === null ? undefined
      : `${significant(health.lagSeconds, 2)} s, most ${significant(health.longestLagSeconds, 2)} s`],
  ];
}

function nodes(status) {
  const list = status.nodes || [];
  return list.flatMap((node) => {
    const at = list.length > 1 ? `, ${node.host}` : '';
    const age = (Date.parse(status.wall) - Date.parse(node.wall)) / 1000;
    const silent = age > SILENT_SECONDS && status.state !== 'ended' ? `; the coupler is silent for ${Math.round(age)} s` : '';
    const rings = node.rings || [];
    const sum = (key) => rings.reduce((total, ring) => total + ring[key], 0);
    return [
      [`rings${at}`, rings.length === 0 ? `none open${silent}`
        : `${rings.length}, ${share(sum('usedBytes'), sum('capacityBytes'))} full, at most `
          + `${share(Math.max(...rings.map((ring) => ring.peakBytes / ring.capacityBytes)), 1)}${silent}`],
      [`queue${at}`, node.queue ? `${size(node.queue.usedBytes)}, ${share(node.queue.usedBytes, node.queue.maxBytes)} full` : undefined],
    ];
  });
}

function gaps(status) {
  return (status.levels || []).filter((level) => level.gaps > 0)
    .map((level) => [`– without label at ${bar(level.pressure)}`, `${level.gaps} outputs`]);
}

function hook(cost) {
  return cost.costP50us === undefined ? undefined
    : `${significant(cost.costP50us, 3)} µs, p99 ${significant(cost.costP99us, 3)} µs, most ${significant(cost.costMaxus, 3)} µs`;
}

function memory(health) {
  return [
    ['heap', health.heapUsedBytes === undefined ? undefined
      : `${size(health.heapUsedBytes)} of ${size(health.heapMaxBytes)}`],
    ['GPU', health.gpuBusy === undefined ? undefined
      : `${share(health.gpuBusy, 1)} busy, ${size(health.gpuUsedBytes)} of ${size(health.gpuTotalBytes)}`],
  ];
}

function share(part, whole) {
  return whole > 0 ? `${significant((100 * part) / whole, 2)} %` : '0 %';
}

function size(count) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = count ?? 0;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${significant(value, 3)} ${units[unit]}`;
}
