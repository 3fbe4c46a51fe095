import { HelmObjectHealth } from '@berth/plugin-berth-common';
import { whyNotReady } from './readiness';

describe('whyNotReady', () => {
  const placed = (kind: string) => ({
    ...{ kind, apiVersion: 'v1', group: 'core', name: 'web' },
  });

  it.each<[string, HelmObjectHealth, string | undefined]>([
    ['Deployment', 'Healthy', undefined],
    ['Deployment', 'Unknown', undefined],
    ['Deployment', 'Progressing', 'why'],
    ['Deployment', 'Degraded', 'why'],
    ['Job', 'Progressing', undefined],
    ['Job', 'Degraded', 'why'],
  ])('of a %s that is %s is %s', (kind, health, reason) => {
    const judged = { health, message: 'why' };
    const one = { placed: placed(kind), state: 'found' as const, judged };
    expect(whyNotReady(one)).toBe(reason);
  });

  it('counts a missing object, and none that the person may not read', () => {
    const at = { placed: placed('Secret') };
    expect(whyNotReady({ ...at, state: 'missing' })).toBe('it is missing');
    expect(
      whyNotReady({ ...at, state: 'forbidden', message: 'no' }),
    ).toBeUndefined();
  });

  it('counts an object about which the cluster did not answer, and none that it does not know', () => {
    const at = { placed: placed('Deployment'), state: 'unknown' as const };
    const message = 'prod:6443 refuses the connection';
    expect(whyNotReady({ ...at, message, mayPass: true })).toBe(message);
    expect(whyNotReady({ ...at, message: 'no such kind' })).toBeUndefined();
  });
});
