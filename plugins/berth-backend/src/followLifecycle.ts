import { LifecycleService } from '@backstage/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';

/** How long calls to clusters may continue at shutdown, in milliseconds. */
const SHUTDOWN_GRACE_MS = 750;

interface Starts {
  start(): void;
}

interface Stops {
  stop(): Promise<void>;
}

/** Starts and stops parts with the backend. */
export function followLifecycle(
  lifecycle: LifecycleService,
  parts: {
    clients: { close(): Promise<void> };
    configured: Starts & Stops;
    doctor: Stops;
    helmOperations?: Starts & Stops;
    probes: Starts & Stops;
    reconciler: Starts & Stops;
  },
): void {
  const { clients, configured, doctor, helmOperations, probes, reconciler } =
    parts;
  lifecycle.addStartupHook(() => {
    configured.start();
    helmOperations?.start();
    probes.start();
    reconciler.start();
  });
  lifecycle.addShutdownHook(async () => {
    // helm still writes on the clusters what it could not finish.
    await helmOperations?.stop();
    const stopped = Promise.all([
      configured.stop(),
      doctor.stop(),
      probes.stop(),
      reconciler.stop(),
    ]);
    // A cluster that does not answer must not delay the shutdown. Without connections, every call to it fails.
    await Promise.race([
      stopped,
      delay(SHUTDOWN_GRACE_MS, undefined, { ref: false }),
    ]);
    await clients.close();
    await stopped;
  });
}
