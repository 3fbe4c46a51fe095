import { badRequest } from '../status';
import { KubeObject } from '../types';

const MESSAGES = [
  'starting',
  'listening on :8080',
  'ready to serve',
  'GET /healthz 200 1ms',
  'GET /metrics 200 4ms',
  'GET / 200 12ms',
];
const LINES = 40;

/** Returns an invented log of a container since its start. */
export function podLog(pod: KubeObject, query: URLSearchParams): string {
  const names: string[] = (pod.spec?.containers ?? []).map(
    (container: { name: string }) => container.name,
  );
  const container = query.get('container') ?? names[0];
  const { name } = pod.metadata;
  if (!query.has('container') && names.length > 1) {
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${names.join(
        ' ',
      )}]`,
    );
  }
  if (!names.includes(container)) {
    throw badRequest(`container ${container} is not valid for pod ${name}`);
  }
  const startTime = pod.status?.startTime;
  const status = pod.status?.containerStatuses?.find(
    (entry: { name: string }) => entry.name === container,
  );
  if (!startTime || !status || status.state?.waiting) {
    throw badRequest(
      `container ${JSON.stringify(container)} in pod ${JSON.stringify(
        name,
      )} is waiting to start: ${
        status?.state?.waiting?.reason ?? 'ContainerCreating'
      }`,
    );
  }
  const start = Date.parse(startTime);
  const step = Math.max(1000, (Date.now() - start) / LINES);
  const lines: string[] = [];
  for (let index = 0; index < LINES; index += 1) {
    const time = start + index * step;
    if (time > Date.now()) {
      break;
    }
    const iso = new Date(time).toISOString();
    const message = MESSAGES[Math.min(index, 3 + (index % 3))];
    const stamp = query.get('timestamps') === 'true' ? `${iso} ` : '';
    lines.push(`${stamp}${iso} INFO ${container}: ${message}`);
  }
  const tail = query.get('tailLines');
  const shown =
    tail === null ? lines : lines.slice(-Number(tail) || lines.length);
  return Number(tail ?? 1) === 0 ? '' : `${shown.join('\n')}\n`;
}
