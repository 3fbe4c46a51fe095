import { selectorProblem } from './labelSelector';

describe('selectorProblem', () => {
  it.each([
    '',
    'app=shop',
    'app==shop',
    'app = shop , tier != cache',
    'app.kubernetes.io/name=shop',
    'tier in (front, back),app',
    'tier notin (cache)',
    '!canary',
    'replicas>2',
    'app=',
  ])('accepts %j', selector => {
    expect(selectorProblem(selector)).toBeUndefined();
  });

  it.each([
    ['app=shop,', '', 'requirement'],
    ['app shop', 'app shop', 'requirement'],
    ['tier in front', 'tier in front', 'requirement'],
    ['tier in (front', 'tier in (front', 'requirement'],
    ['app=shop, -x=1', '-x=1', 'key'],
    ['a/b/c=1', 'a/b/c=1', 'key'],
    ['app=shop!', 'app=shop!', 'value'],
    ['tier in (a, b c)', 'tier in (a, b c)', 'value'],
    [`app=${'x'.repeat(64)}`, `app=${'x'.repeat(64)}`, 'value'],
  ])('refuses %j', (selector, part, rule) => {
    expect(selectorProblem(selector)).toEqual({ part, rule });
  });
});
