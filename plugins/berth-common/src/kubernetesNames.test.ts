import {
  isDnsSubdomain,
  isLabelValue,
  isQualifiedName,
} from './kubernetesNames';

const LONG = 'a'.repeat(64);

describe('kubernetesNames', () => {
  it.each([
    ['fast', true],
    ['fast.example.com', true],
    ['1', true],
    ['a'.repeat(253), true],
    ['a'.repeat(254), false],
    ['', false],
    ['Fast', false],
    ['-fast', false],
    ['fast-', false],
    ['fast..com', false],
    ['fast.', false],
    ['fa st', false],
    ['fast\n', false],
  ])('takes %j for a subdomain: %s', (name, expected) => {
    expect(isDnsSubdomain(name)).toBe(expected);
  });

  it.each([
    ['tier', true],
    ['App_1.x', true],
    ['example.com/tier', true],
    ['', false],
    ['/tier', false],
    ['example.com/', false],
    ['a/b/c', false],
    ['Example.com/tier', false],
    [`example.com/${LONG}`, false],
    ['-tier', false],
    ['ti er', false],
    ['tier\n', false],
  ])('takes %j for a key: %s', (key, expected) => {
    expect(isQualifiedName(key)).toBe(expected);
  });

  it.each([
    ['', true],
    ['A-1_b.c', true],
    ['a'.repeat(63), true],
    [LONG, false],
    ['-', false],
    ['a b', false],
    ['é', false],
  ])('takes %j for a label value: %s', (value, expected) => {
    expect(isLabelValue(value)).toBe(expected);
  });
});
