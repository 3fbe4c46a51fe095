import { aQuota } from '../../__testUtils__/namespaces';
import {
  formOf,
  isSameForm,
  mergeForms,
  missingDefaults,
  limitProblemsOf,
  placementIn,
  problemsOf,
  quotaProblem,
  requestOf,
} from './quotaForm';

const withHard = (hard: Record<string, string>) => ({ ...formOf(), hard });

describe('the form of a quota', () => {
  it('returns the values that it was built from, including those that it does not show', () => {
    const quota = aQuota({
      limits: [
        {
          type: 'Container',
          max: { cpu: '4' },
          default: { cpu: '1', 'ephemeral-storage': '1Gi' },
        },
        { type: 'PersistentVolumeClaim', max: { storage: '10Gi' } },
      ],
      priorityClasses: ['batch'],
    });
    const { hard, limits, priorityClasses } = quota;
    expect(requestOf(formOf(quota))).toEqual({ hard, limits, priorityClasses });
  });

  it('requests a size class by its name only', () => {
    expect(requestOf(formOf(aQuota({ sizeClass: 'small' })))).toEqual({
      sizeClass: 'small',
    });
  });

  it('limits only certain resources for some priority classes', () => {
    const hard = { pods: '1', 'requests.ephemeral-storage': '1Gi' };
    const form = { ...withHard(hard), priorityClasses: ['high'] };
    expect(problemsOf(form)).toEqual({
      'requests.ephemeral-storage': 'notScoped',
    });
  });

  it('refuses a default request above the default limit', () => {
    const form = {
      ...withHard({ pods: '1' }),
      requests: { cpu: '2', memory: '' },
      limits: { cpu: '1', memory: '' },
    };
    expect(limitProblemsOf(form)).toEqual([
      'limits[0].defaultRequest["cpu"] 2 must be at most default, which is 1',
    ]);
    expect(quotaProblem(form)).toBe('quotaInvalid');
  });

  it.each([
    ['requests.cpu', '', 'empty'],
    ['requests.cpu', 'four', 'notQuantity'],
    ['requests.cpu', '-1', 'negative'],
    ['pods', '1.5', 'notWhole'],
    ['requests.nvidia.com/gpu', '500m', 'notWhole'],
    ['requests.cpu', '500m', undefined],
    ['requests.memory', ' 1.5Gi ', undefined],
    ['pods', '2k', undefined],
    ['pods', '1e3', undefined],
    ['pods', '1Ki', undefined],
    ['pods', '1000000000000', undefined],
    ['count/jobs.batch', '1e5', undefined],
    ['requests.cpu', '1e400', 'tooLarge'],
    ['storage', '10Gi', 'unknown'],
    ['limits.hugepages-2Mi', '64Mi', 'unknown'],
  ])('finds in %s "%s": %s', (resource, amount, problem) => {
    const form = withHard({ [resource]: amount });
    expect(problemsOf(form)[resource]).toBe(problem);
    expect(quotaProblem(form)).toBe(problem && 'quotaInvalid');
  });

  it('is invalid without a bound, or with an invalid default', () => {
    expect(quotaProblem(formOf())).toBe('quotaEmpty');
    const form = withHard({ pods: '1' });
    expect(quotaProblem({ ...form, limits: { cpu: 'lots', memory: '' } })).toBe(
      'quotaInvalid',
    );
  });

  it('treats 4000m as 4', () => {
    const one = withHard({ 'requests.cpu': '4' });
    expect(isSameForm(one, withHard({ 'requests.cpu': '4000m' }))).toBe(true);
    expect(isSameForm(one, withHard({ 'requests.cpu': '4001m' }))).toBe(false);
  });

  it('finds the resources whose missing defaults make pods be refused', () => {
    const form = {
      ...withHard({
        'requests.cpu': '1',
        'limits.cpu': '1',
        'requests.memory': '1Gi',
        'limits.memory': '1Gi',
        pods: '1',
      }),
      requests: { cpu: '100m', memory: '' },
      limits: { cpu: '', memory: '1Gi' },
    };
    expect(missingDefaults(form)).toEqual(['limits.cpu']);
  });

  it('applies mine on top of theirs', () => {
    const base = withHard({ a: '1', b: '1', c: '1' });
    const mine = withHard({ a: '2', b: '1', mine: '5' });
    const theirs = withHard({ a: '3', b: '4', c: '1', theirs: '6' });
    expect(mergeForms(base, mine, theirs).hard).toEqual({
      a: '2',
      b: '4',
      theirs: '6',
      mine: '5',
    });
  });

  it('has the nodes of the size only', () => {
    const placement = { nodeSelector: { pool: 'gpu' }, tolerations: [] };
    const before = formOf(aQuota({ sizeClass: 'gpu', placement }));
    const custom = { ...before, sizeClass: '' };
    expect(placementIn(before)).toEqual(placement);
    expect(placementIn(custom)).toBeUndefined();
    const other = formOf(aQuota({ sizeClass: 'gpu' }));
    expect(isSameForm(before, other)).toBe(false);
    expect(placementIn(mergeForms(other, other, before))).toEqual(placement);
    const chosen = { ...before, sizeClass: 'large' };
    expect(placementIn(mergeForms(other, chosen, other))).toEqual(placement);
  });

  it('drops the size class of a merged quota that no longer matches it', () => {
    const base = withHard({ pods: '1' });
    const theirs = { ...withHard({ pods: '9' }), sizeClass: 'small' };
    const mine = withHard({ pods: '1', services: '2' });
    expect(mergeForms(base, base, theirs).sizeClass).toBe('small');
    expect(mergeForms(base, mine, theirs).sizeClass).toBe('');
  });
});
