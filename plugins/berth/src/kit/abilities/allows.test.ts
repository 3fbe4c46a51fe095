import { allows, Asked } from './allows';

const deployments: Asked = { group: 'apps', plural: 'deployments' };
const scale: Asked = { ...deployments, subresource: 'scale' };
const pod: Asked = { group: 'core', plural: 'pods', name: 'web-1' };

const aRule = (
  groups: string[],
  resources: string[],
  verbs: string[],
  names: string[] = [],
) => ({ groups, resources, verbs, names });

describe('allows', () => {
  it.each([
    ['everything', aRule(['*'], ['*'], ['*']), 'patch', scale, true],
    [
      'the verb',
      aRule(['apps'], ['deployments'], ['get']),
      'get',
      deployments,
      true,
    ],
    [
      'another verb',
      aRule(['apps'], ['deployments'], ['get']),
      'patch',
      deployments,
      false,
    ],
    [
      'another group',
      aRule([''], ['deployments'], ['get']),
      'get',
      deployments,
      false,
    ],
    ['the core group', aRule([''], ['pods'], ['delete']), 'delete', pod, true],
    [
      'the object without the subresource',
      aRule(['apps'], ['deployments'], ['patch']),
      'patch',
      scale,
      false,
    ],
    [
      'the subresource',
      aRule(['apps'], ['deployments/scale'], ['patch']),
      'patch',
      scale,
      true,
    ],
    [
      'the subresource of every kind',
      aRule(['apps'], ['*/scale'], ['patch']),
      'patch',
      scale,
      true,
    ],
    ['the name', aRule([''], ['pods'], ['get'], ['web-1']), 'get', pod, true],
    [
      'another name',
      aRule([''], ['pods'], ['get'], ['web-2']),
      'get',
      pod,
      false,
    ],
    [
      'one name of all',
      aRule(['apps'], ['deployments'], ['get'], ['web']),
      'get',
      deployments,
      false,
    ],
  ])('with a rule for %s', (_, rule, verb, asked, expected) => {
    expect(allows([rule], verb, asked)).toBe(expected);
  });
});
