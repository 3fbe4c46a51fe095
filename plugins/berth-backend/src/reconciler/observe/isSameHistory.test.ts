import { KubeObject } from '../../kube';
import { isSameHistory } from './isSameHistory';

const item = (
  name: string,
  uid: string,
  resourceVersion: string,
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, uid, resourceVersion },
});
const known = {
  get: ({ name }: { name: string }) =>
    name === 'a'
      ? { uid: 'u-a', resourceVersion: '5', fingerprint: '' }
      : undefined,
};

describe('isSameHistory', () => {
  it.each<[string, boolean, string, KubeObject[]]>([
    ['the same', true, '9', [item('a', 'u-a', '5')]],
    [
      'later, with changes',
      true,
      '99',
      [item('a', 'u-a', '5'), item('b', 'u-b', '10')],
    ],
    ['later, with a namesake since', true, '99', [item('a', 'u-x', '12')]],
    ['of a greater length', true, '10000000000000000000000', []],
    ['earlier', false, '8', []],
    ['later, but with another past', false, '99', [item('a', 'u-x', '5')]],
    ['later, but with more of a past', false, '99', [item('b', 'u-b', '5')]],
    ['no number', false, 'abc', []],
  ])(
    'S40 knows a cluster that is %s',
    (_what, continued, resourceVersion, items) => {
      expect(isSameHistory({ items, resourceVersion }, '9', known)).toBe(
        continued,
      );
    },
  );
});
