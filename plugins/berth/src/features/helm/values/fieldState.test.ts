import { fieldState, numberIn } from './fieldState';
import { readValues, Values } from './valuesDocument';

const LIST = {
  ...{ kind: 'list' as const, items: 'text' as const },
  ...{ path: ['args'], label: 'Arguments', isRequired: false },
};

describe('the state of a list', () => {
  // The form shows an item per line, and would drop what is around an item.
  it.each([
    ['args: [a, b c, 1]\n', undefined],
    ['args: ["", a]\n', 'other'],
    ['args: ["a ", b]\n', 'other'],
    ['args: ["a\\nb"]\n', 'other'],
  ])('for %j has the obstacle %j', (text, obstacle) => {
    const values = readValues(text) as Values;
    expect(fieldState(LIST, values, undefined).obstacle).toBe(obstacle);
  });
});

it.each([
  ['0', 0],
  ['10', 10],
  ['-0.5', -0.5],
  ['.5', 0.5],
  ['1e3', 1000],
  ['0644', undefined],
  ['0x1f', undefined],
])('reads the number %j as %j', (text, number) => {
  expect(numberIn(text)).toBe(number);
});
