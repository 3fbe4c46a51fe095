import type { WebSocket } from 'ws';
import {
  KubeError,
  KubeSockets,
  KubeTarget,
  KubeWebSocketRequest,
} from '../kube';
import { TERMINAL_TIMES } from './SessionLimits';

/**
 * Opens a connection to a container, or gives up.
 *
 * @throws KubeError, or the reason of `request.signal` once that is aborted
 */
export async function connectInTime(
  sockets: KubeSockets,
  target: KubeTarget,
  token: string,
  request: KubeWebSocketRequest,
): Promise<WebSocket> {
  const late = AbortSignal.timeout(TERMINAL_TIMES.connect);
  const signal = AbortSignal.any([request.signal, late]);
  try {
    return await sockets.connect(target, token, { ...request, signal });
  } catch (error) {
    throw signal.reason === late.reason && late.aborted
      ? new KubeError(
          'Timeout',
          'The cluster did not start the program in time',
        )
      : error;
  }
}
