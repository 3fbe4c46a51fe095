import { ConfigReader } from '@backstage/config';
import { readProfiles } from './readProfiles';

function read(fields: object) {
  return readProfiles(
    new ConfigReader({ berth: { profiles: [{ name: 'p', ...fields }] } }),
  )[0];
}

describe('P1 labels and annotations of a profile', () => {
  it('are read as they are', () => {
    const fields = {
      labels: { 'example.com/cost-center': '4711' },
      annotations: { 'scheduler.alpha.kubernetes.io/node-selector': 'a=b' },
    };
    expect(read(fields)).toEqual({ name: 'p', networkPolicies: [], ...fields });
  });

  const LABELS = 'berth.profiles[0].labels';
  const ANNOTATIONS = 'berth.profiles[0].annotations';
  it.each([
    [
      { labels: { 'app.kubernetes.io/managed-by': 'me' } },
      `${LABELS} holds the key "app.kubernetes.io/managed-by", which Berth itself sets`,
    ],
    [
      { labels: { 'berth.dev/cluster-id': 'x' } },
      `${LABELS} holds the key "berth.dev/cluster-id", which Berth itself sets`,
    ],
    [
      { annotations: { 'x.berth.dev/y': 'x' } },
      `${ANNOTATIONS} holds the key "x.berth.dev/y", which Berth itself sets`,
    ],
    [
      { labels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      `${LABELS} holds the key "kubernetes.io/metadata.name", which the API server sets`,
    ],
    [
      { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
      `${LABELS} holds the key "pod-security.kubernetes.io/enforce", which "podSecurity" sets`,
    ],
    [{ labels: { a: 'not a value' } }, `${LABELS}.a "not a value" must`],
    [{ labels: { 'not a key': 'a' } }, `${LABELS} holds the key "not a key"`],
    [{ annotations: { '-': 'a' } }, `${ANNOTATIONS} holds the key "-"`],
    [
      { annotations: { a: 'x'.repeat(70_000) } },
      `${ANNOTATIONS} has 70001 bytes, and must have at most 65536`,
    ],
  ])('refuse %j', (fields, message) => {
    expect(() => read(fields)).toThrow(message);
  });
});
