import { Profile } from '../types';
import { itemsOf } from './itemsOf';
import { Capabilities } from './types';

const ALL = {
  'identity.berth.dev': 'current',
  'placement.berth.dev': 'current',
  'defaults.berth.dev': 'current',
} as const;
const nodePlacement = { nodeSelector: { pool: 'gpu' } };

const of = (
  profile: Partial<Profile>,
  pack: Capabilities['pack'] = ALL,
  capabilities: Partial<Capabilities> = { settings: { nodePlacement } },
) =>
  itemsOf(
    { name: 'one', networkPolicies: [], ...profile },
    { features: [], pack, ...capabilities },
  );

const identity = { uid: 'u', gid: 'g', minimum: 1000 };
const placement = (enforce: boolean) => ({ from: 'cluster' as const, enforce });
const storageClass = { replace: 'standard', by: 'fast' };

describe('the items of the policy pack', () => {
  it('P19 are there for each field of the profile', () => {
    expect(of({})).toEqual([]);
    expect(
      of({ identity, placement: placement(true), storageClass }, ALL, {
        version: 'v1.36.0',
        settings: { nodePlacement },
      }),
    ).toEqual([
      { item: 'identity', state: 'enforced' },
      { item: 'placement', state: 'enforced' },
      {
        item: 'storageClass',
        state: 'set',
        why: 'Volumes that name the class standard get fast, too',
      },
    ]);
    expect(of({ placement: placement(false) })).toEqual([
      { item: 'placement', state: 'set' },
    ]);
  });

  describe('for size classes with nodes', () => {
    const sizeClasses = [
      { name: 'small', hard: {}, limits: [] },
      { name: 'gpu', hard: {}, limits: [], nodeSelector: { pool: 'gpu' } },
    ];
    const nodesOf = (profile: Partial<Profile>, pack: Capabilities['pack']) =>
      of(profile, pack, {
        version: 'v1.36.0',
        settings: {
          nodePlacement: { nodeSelector: { pool: 'all' } },
          sizeClasses,
        },
      }).find(({ item }) => item === 'sizeClassNodes');

    it('P19 are there without a profile that has nodes, and say what the cluster cannot do', () => {
      expect(nodesOf({}, ALL)).toEqual({
        item: 'sizeClassNodes',
        state: 'set',
        why: 'Size classes with nodes: gpu',
      });
      expect(nodesOf({}, {})).toEqual({
        item: 'sizeClassNodes',
        state: 'unsupported',
        why: expect.stringMatching(/defaults.berth.dev .*1.36.*: gpu$/),
      });
    });

    it('P16 P19 name the labels of an enforced profile that a class replaces', () => {
      expect(nodesOf({ placement: placement(true) }, ALL)).toEqual({
        item: 'sizeClassNodes',
        state: 'enforced',
        why: 'Size classes with nodes: gpu. The class gpu replaces pool=all of the profile',
      });
    });

    it('are not there without such a class', () => {
      expect(
        of({}, ALL, { settings: { sizeClasses: sizeClasses.slice(0, 1) } }),
      ).toEqual([]);
    });
  });

  it.each([
    ['missing', { ...ALL, 'identity.berth.dev': 'missing' }],
    ['changed', { ...ALL, 'identity.berth.dev': 'changed' }],
    ['not listed', {}],
    ['inherited', Object.create(ALL)],
  ] as const)(
    'P20 do not claim that IDs are enforced by a policy that is %s',
    (_, pack) => {
      expect(of({ identity }, pack)).toEqual([
        { item: 'identity', state: 'unsupported', why: expect.any(String) },
      ]);
    },
  );

  it('P20 claim nothing of a cluster that was not read, or that is too old', () => {
    const unsupported = (why: string) => [
      {
        item: 'identity',
        state: 'unsupported',
        why: expect.stringContaining(why),
      },
    ];
    expect(of({ identity }, ALL, { pack: undefined })).toEqual(
      unsupported('not known'),
    );
    expect(of({ identity }, ALL, { version: 'v1.29.4' })).toEqual(
      unsupported('needs Kubernetes 1.30, and the cluster has v1.29.4'),
    );
  });

  it('P19 name what images can do before Kubernetes 1.33, and do not claim that IDs are enforced there', () => {
    const on = (version?: string) => of({ identity }, ALL, { version })[0];
    const words = 'can add any groups to its user';
    for (const version of ['v1.30.0', 'v1.32.1', undefined]) {
      expect(on(version)).toEqual({
        item: 'identity',
        state: 'set',
        why: expect.stringContaining(words),
      });
    }
    expect(on('v1.33.0').state).toBe('enforced');
    expect(on('v1.33.0').why ?? '').not.toContain(words);
  });

  it('P16 need the part of the pack that adds nodes, unless foreign nodes are refused', () => {
    const pack = { ...ALL, 'defaults.berth.dev': 'missing' as const };
    expect(of({ placement: placement(false) }, pack)).toEqual([
      {
        item: 'placement',
        state: 'unsupported',
        why: expect.stringContaining('needs Kubernetes 1.36'),
      },
    ]);
    expect(of({ placement: placement(true) }, pack)).toEqual([
      {
        item: 'placement',
        state: 'enforced',
        why: expect.stringContaining('Pods must name the nodes themselves'),
      },
    ]);
    expect(
      of({ placement: placement(true) }, { 'defaults.berth.dev': 'current' }),
    ).toMatchObject([{ state: 'unsupported' }]);
    expect(of({ placement: placement(false) }, ALL, {})).toEqual([
      {
        item: 'placement',
        state: 'unsupported',
        why: 'The settings of the cluster have no node placement',
      },
    ]);
  });

  it('P17 need another storage class, and the part of the pack that sets it', () => {
    const fromCluster = { storageClass: { replace: 'standard' } };
    expect(of(fromCluster)).toEqual([
      {
        item: 'storageClass',
        state: 'unsupported',
        why: 'The settings of the cluster have no other default storage class',
      },
    ]);
    expect(
      of(fromCluster, ALL, { settings: { defaultStorageClass: 'fast' } }),
    ).toMatchObject([{ state: 'set' }]);
    expect(
      of({ storageClass }, { ...ALL, 'defaults.berth.dev': 'changed' }),
    ).toMatchObject([{ state: 'unsupported' }]);
  });
});
