import { aReleaseSecret } from '../__testUtils__/aReleaseSecret';
import { storedRevision } from './storedRevision';
import { SummaryCache } from './SummaryCache';

it('H16 keeps a summary for one version of one Secret of one cluster', () => {
  const cache = new SummaryCache();
  const stored = storedRevision(aReleaseSecret(), 'secret')!;
  const summary = { flux: false, description: 'Install complete' };
  cache.set('one', stored, summary);
  expect(cache.get('one', { ...stored })).toBe(summary);
  expect(cache.get('two', stored)).toBeUndefined();
  expect(cache.get('one', { ...stored, uid: 'other' })).toBeUndefined();
  expect(cache.get('one', { ...stored, resourceVersion: '2' })).toBeUndefined();
});
