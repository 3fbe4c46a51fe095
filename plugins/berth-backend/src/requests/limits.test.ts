import { QuotaBounds } from '../model/tenancy';
import {
  amountOf,
  grantTakesAway,
  holdingOf,
  leftOf,
  quotaTakesAway,
} from './limits';

const of = (namespace: string, hard: Record<string, string>) => ({
  clusterId: 'c1',
  namespace,
  hard,
});

describe('what a quota allows of a resource', () => {
  it.each([
    [{ cpu: '1' }, 'requests.cpu', '1'],
    [{ 'requests.cpu': '2' }, 'cpu', '2'],
    [{ cpu: '1', 'requests.cpu': '2' }, 'cpu', '1'],
    [{ cpu: '1500m', 'requests.cpu': '1' }, 'requests.cpu', '1'],
    [{ 'requests.nvidia.com/gpu': '1' }, 'requests.nvidia.com/gpu', '1'],
    [{ 'limits.cpu': '4' }, 'cpu', undefined],
    [{ 'limits.cpu': '4' }, 'limits.cpu', '4'],
    [{ pods: '4' }, 'pods', '4'],
  ])('%p of %s is %p', (hard: Record<string, string>, resource, amount) => {
    expect(amountOf(hard, resource)).toBe(amount);
  });
});

describe('what is left of a group quota', () => {
  const left = (
    quota: Record<string, string>,
    ...promised: ReturnType<typeof of>[]
  ) =>
    Object.fromEntries(
      Object.entries(leftOf(quota, promised)).map(([name, amount]) => [
        name,
        amount.toString(),
      ]),
    );

  it('is exact where a floating-point number is not', () => {
    const many = Array.from({ length: 10 }, (_, index) =>
      of(`n${index}`, { 'requests.cpu': '100m', 'requests.memory': '0.1Gi' }),
    );
    expect(left({ cpu: '1', memory: '1Gi' }, ...many)).toEqual({
      cpu: '0',
      // 0.1Gi is 107374182.4 bytes.
      memory: '0',
    });
    expect(left({ cpu: '9007199254740993' }, of('a', { cpu: '1m' }))).toEqual({
      cpu: '9007199254740992999m',
    });
  });

  it('counts the largest promise of a namespace', () => {
    expect(
      left(
        { cpu: '10' },
        of('a', { cpu: '2' }),
        of('a', { cpu: '3' }),
        of('a', { cpu: '1' }),
        of('b', {}),
      ),
    ).toEqual({ cpu: '7' });
  });

  it('is negative if more is promised already', () => {
    expect(left({ cpu: '1' }, of('a', { cpu: '3' }))).toEqual({ cpu: '-2' });
  });
});

const group = 'group:default/team-b';
const JUNE = '2026-06-01T00:00:00.000Z';
const JULY = '2026-07-01T00:00:00.000Z';

const bounds = (
  hard: Record<string, string>,
  more: Partial<QuotaBounds> = {},
): QuotaBounds => ({ hard, limits: [], priorityClasses: [], ...more });

describe('grantTakesAway', () => {
  it.each([
    ['nothing held', 'view', JUNE, undefined, undefined, undefined],
    ['the same again', 'view', undefined, 'view', undefined, undefined],
    ['longer', 'view', JULY, 'view', JUNE, undefined],
    ['more', 'edit', undefined, 'view', JUNE, undefined],
    [
      'lower',
      'view',
      undefined,
      'edit',
      JUNE,
      `team-b holds edit there until ${JUNE}, and the request would replace it by less`,
    ],
    [
      'shorter',
      'admin',
      JUNE,
      'view',
      undefined,
      'team-b holds view there without an end date, and the request would replace it by less',
    ],
  ] as const)('%s', (_, role, expiresAt, heldRole, heldUntil, loss) => {
    const held = heldRole && { role: heldRole, expiresAt: heldUntil };
    expect(grantTakesAway({ group, role, expiresAt }, held)).toBe(loss);
  });
});

describe('holdingOf', () => {
  it('ignores other groups and expired grants', () => {
    const view = { group, role: 'view' as const, expiresAt: JUNE };
    const other = { group: 'group:default/team-a', role: 'admin' as const };
    const at = (time: string) =>
      holdingOf([other, view], group, new Date(time));
    expect(at('2026-05-01T00:00:00.000Z')).toBe(view);
    expect(at(JUNE)).toBeUndefined();
  });
});

describe('quotaTakesAway', () => {
  const container = (limits: object) =>
    bounds({ pods: '1' }, { limits: [{ type: 'Container', ...limits }] });
  const TIGHTER = 'The request would tighten the limits of containers';

  it.each<[string, QuotaBounds, QuotaBounds | undefined, string | undefined]>([
    [
      'the first quota',
      bounds({ pods: '1' }),
      undefined,
      'The namespace has no quota yet, and the request would limit it',
    ],
    ['the same', bounds({ pods: '1' }), bounds({ pods: '1' }), undefined],
    [
      'more, otherwise written',
      bounds({ cpu: '2500m' }),
      bounds({ 'requests.cpu': '2' }),
      undefined,
    ],
    [
      'less, otherwise written',
      bounds({ 'requests.cpu': '1500m' }),
      bounds({ cpu: '2' }),
      'The request would lower or newly limit requests.cpu',
    ],
    [
      'less in the spelling that is not the only one',
      bounds({ cpu: '1', 'requests.cpu': '4' }),
      bounds({ 'requests.cpu': '4' }),
      'The request would lower or newly limit cpu, requests.cpu',
    ],
    [
      'more of one and less of another',
      bounds({ 'requests.cpu': '4', 'limits.memory': '1Gi' }),
      bounds({ 'requests.cpu': '2', 'limits.memory': '2Gi' }),
      'The request would lower or newly limit limits.memory',
    ],
    [
      'what was not limited',
      bounds({ pods: '9', services: '100' }),
      bounds({ pods: '1' }),
      'The request would lower or newly limit services',
    ],
    [
      'what is not limited any more',
      bounds({ pods: '1' }),
      bounds({ pods: '1', services: '1' }),
      undefined,
    ],
    [
      'other pods',
      bounds({ pods: '9' }, { priorityClasses: ['high'] }),
      bounds({ pods: '1' }),
      'The request would change which pods the quota counts',
    ],
    [
      'a lower maximum',
      container({ max: { cpu: '1' } }),
      container({ max: { cpu: '2' } }),
      TIGHTER,
    ],
    [
      'a new maximum',
      container({ max: { cpu: '1' } }),
      bounds({ pods: '1' }),
      TIGHTER,
    ],
    [
      'a higher minimum',
      container({ min: { cpu: '2' } }),
      container({ min: { cpu: '1' } }),
      TIGHTER,
    ],
    [
      'no minimum any more',
      container({}),
      container({ min: { cpu: '1' } }),
      undefined,
    ],
    [
      'a lower default',
      container({ default: { cpu: '1' } }),
      container({ default: { cpu: '2' } }),
      TIGHTER,
    ],
    [
      'no default any more',
      container({}),
      container({ default: { cpu: '2' } }),
      TIGHTER,
    ],
    [
      'lower default requests',
      container({ defaultRequest: { cpu: '1' } }),
      container({ defaultRequest: { cpu: '2' } }),
      TIGHTER,
    ],
    [
      'higher defaults',
      container({ default: { cpu: '2' }, defaultRequest: { cpu: '2' } }),
      container({ default: { cpu: '1' }, defaultRequest: { cpu: '1' } }),
      undefined,
    ],
  ])('%s', (_, requested, held, loss) => {
    expect(quotaTakesAway(requested, held)).toBe(loss);
  });
});
