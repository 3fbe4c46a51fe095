import { SchedulerService } from '@backstage/backend-plugin-api';
import { DefaultKeyRing } from './DefaultKeyRing';
import { KeyRingSettings, readKeyRingOptions } from './readKeyRingOptions';

export interface CreateKeyRingOptions extends KeyRingSettings {
  scheduler: SchedulerService;
}

/** Creates the key ring from `berth.keys`. One replica at a time maintains it. */
export async function createKeyRing({
  scheduler,
  ...settings
}: CreateKeyRingOptions): Promise<DefaultKeyRing> {
  const keyRing = await DefaultKeyRing.create(readKeyRingOptions(settings));
  await scheduler.scheduleTask({
    id: 'berth-signing-keys',
    scope: 'global',
    frequency: { minutes: 10 },
    initialDelay: { minutes: 10 },
    timeout: { minutes: 1 },
    fn: () => keyRing.maintain(),
  });
  return keyRing;
}
