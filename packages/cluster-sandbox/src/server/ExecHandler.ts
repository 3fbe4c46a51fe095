import { WebSocket, WebSocketServer } from 'ws';
import { badRequest, StatusError } from '../status';
import { JsonObject, KubeObject } from '../types';
import { FakeShell } from '../workload/FakeShell';
import { ResourceContext } from './RequestContext';

const V5 = 'v5.channel.k8s.io';
const PROTOCOLS = [V5, 'v4.channel.k8s.io'];
const [STDIN, STDOUT, , STATUS, RESIZE] = [0, 1, 2, 3, 4];
const CLOSE = 255;
const SHELLS = new Set(['bash', 'sh', '/bin/bash', '/bin/sh']);
const NORMAL_CLOSURE = 1000;

/**
 * Serves `pods/exec` and `pods/attach` over WebSockets, as an API server and a kubelet together. The first program of
 * each container is a shell.
 */
export class ExecHandler {
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    handleProtocols: offered =>
      [...offered].find(protocol => PROTOCOLS.includes(protocol)) ?? false,
  });

  /** @throws StatusError as the API server does before it answers with an upgrade */
  handle(pod: KubeObject, { info, request, upgrade }: ResourceContext): void {
    const container = containerOf(pod, info.query);
    const offered = `${request.headers['sec-websocket-protocol'] ?? ''}`;
    if (!upgrade || request.headers.upgrade?.toLowerCase() !== 'websocket') {
      throw badRequest('Upgrade request required');
    }
    if (!PROTOCOLS.some(protocol => offered.includes(protocol))) {
      throw badRequest(
        `unable to upgrade: unable to negotiate protocol: client supports [${offered}], server accepts [${PROTOCOLS.join(
          ' ',
        )}]`,
      );
    }
    assertRunning(pod, container);
    upgrade.detach();
    this.#server.handleUpgrade(request, upgrade.socket, upgrade.head, socket =>
      run(socket, pod, info.query),
    );
  }
}

function run(socket: WebSocket, pod: KubeObject, query: URLSearchParams): void {
  const command = query.getAll('command');
  const end = (status: JsonObject) => {
    socket.send(frame(STATUS, JSON.stringify(status)));
    socket.close(NORMAL_CLOSURE);
  };
  const attaches = command.length === 0;
  if (!attaches && !isThere(pod, query, command[0])) {
    end(missing(command[0]));
    return;
  }
  const shell = new FakeShell({
    host: pod.metadata.name,
    tty: query.get('tty') === 'true',
    write: text => socket.send(frame(STDOUT, text)),
    exit: code => end(ended(code)),
  });
  socket.on('error', () => {});
  socket.on('message', (data: Buffer) => {
    const payload = data.subarray(1);
    switch (data[0]) {
      case STDIN:
        shell.type(payload.toString('utf8'));
        break;
      case RESIZE: {
        const { Width, Height } = JSON.parse(payload.toString('utf8'));
        shell.resize({ columns: Width, rows: Height });
        break;
      }
      case CLOSE:
        if (socket.protocol === V5 && payload[0] === STDIN) {
          shell.endInput();
        }
        break;
      default:
    }
  });
  if (attaches || SHELLS.has(command[0])) {
    shell.start();
  } else {
    shell.type(`${command.join(' ')}\n`);
    shell.endInput();
  }
}

/** An image without a distribution has no shell, and a small one has no bash. */
function isThere(
  pod: KubeObject,
  query: URLSearchParams,
  program: string,
): boolean {
  const name = query.get('container');
  const containers: JsonObject[] = pod.spec?.containers ?? [];
  const { image = '' } =
    containers.find(container => container.name === name) ?? containers[0];
  const shell = program.replace(/^.*\//, '');
  return !(
    (/distroless|scratch/.test(image) && SHELLS.has(program)) ||
    (/alpine|busybox/.test(image) && shell === 'bash')
  );
}

function containerOf(pod: KubeObject, query: URLSearchParams): string {
  const { name } = pod.metadata;
  const names: string[] = (pod.spec?.containers ?? []).map(
    (container: { name: string }) => container.name,
  );
  const asked = query.get('container') ?? '';
  if (asked === '' && names.length > 1) {
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${names.join(
        ' ',
      )}]`,
    );
  }
  const container = asked || names[0];
  if (!names.includes(container)) {
    throw badRequest(`container ${container} is not valid for pod ${name}`);
  }
  if (!pod.spec?.nodeName) {
    throw badRequest(`pod ${name} does not have a host assigned`);
  }
  return container;
}

/** The answer of a kubelet, which the API server passes on. */
function assertRunning(pod: KubeObject, container: string): void {
  const status = (pod.status?.containerStatuses ?? []).find(
    (entry: { name: string }) => entry.name === container,
  );
  if (!status?.state?.running) {
    throw new StatusError(
      500,
      'InternalError',
      `unable to upgrade connection: container not found (${JSON.stringify(
        container,
      )})`,
    );
  }
}

function frame(channel: number, text: string): Buffer {
  return Buffer.concat([Uint8Array.of(channel), Buffer.from(text)]);
}

function ended(code: number): JsonObject {
  return code === 0
    ? { metadata: {}, status: 'Success' }
    : {
        metadata: {},
        status: 'Failure',
        message: `command terminated with non-zero exit code: exit status ${code}`,
        reason: 'NonZeroExitCode',
        details: { causes: [{ reason: 'ExitCode', message: `${code}` }] },
      };
}

function missing(program: string): JsonObject {
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(
      program,
    )}: executable file not found in $PATH: unknown`,
    reason: 'InternalError',
    details: { causes: [{ message: 'executable file not found in $PATH' }] },
    code: 500,
  };
}
