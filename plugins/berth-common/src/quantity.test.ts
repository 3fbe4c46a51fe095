import fc from 'fast-check';
import { Quantity } from './quantity';

describe('Quantity', () => {
  // Copied from TestQuantityParse and TestQuantityString of apimachinery's quantity_test.go.
  it.each([
    ['0', '0'],
    ['0n', '0'],
    ['0Ki', '0'],
    ['0e-6', '0'],
    ['1Ki', '1Ki'],
    ['8Ki', '8Ki'],
    ['7Mi', '7Mi'],
    ['6Gi', '6Gi'],
    ['5Ti', '5Ti'],
    ['4Pi', '4Pi'],
    ['3Ei', '3Ei'],
    ['10Ti', '10Ti'],
    ['100Ti', '100Ti'],
    ['5n', '5n'],
    ['4u', '4u'],
    ['3m', '3m'],
    ['9', '9'],
    ['8k', '8k'],
    ['50k', '50k'],
    ['7M', '7M'],
    ['6G', '6G'],
    ['5T', '5T'],
    ['40T', '40T'],
    ['300T', '300T'],
    ['2P', '2P'],
    ['1E', '1E'],
    ['1E-3', '1e-3'],
    ['1e3', '1e3'],
    ['1E6', '1e6'],
    ['1e9', '1e9'],
    ['1e12', '1e12'],
    ['1e18', '1e18'],
    ['1e14', '100e12'],
    ['1e13', '10e12'],
    ['100.035k', '100035'],
    ['0.001', '1m'],
    ['0.0005k', '500m'],
    ['0.005', '5m'],
    ['0.05', '50m'],
    ['0.5', '500m'],
    ['0.00050k', '500m'],
    ['0.0000005', '500n'],
    ['0.5Mi', '512Ki'],
    ['0.05Gi', '53687091200m'],
    ['0.025Ti', '27487790694400m'],
    ['0.000001Ki', '1024u'],
    ['0.000000001Ki', '1024n'],
    ['1.1E', '1100P'],
    ['1.5', '1500m'],
    ['1.5Gi', '1536Mi'],
    ['1.5Ki', '1536'],
    ['0.1n', '1n'],
    ['1.1n', '2n'],
    ['0.000000000001', '1n'],
    ['9.1Ei', '9223372036854775807'],
    ['-1Ki', '-1Ki'],
    ['-0.5', '-500m'],
    ['-0.1n', '-1n'],
    ['+1', '1'],
    ['.5', '500m'],
    ['1.', '1'],
    ['1E3', '1e3'],
    ['1024', '1024'],
    ['1000', '1k'],
    ['1000000m', '1k'],
    ['1024Ki', '1Mi'],
  ])('reads %s as %s', (text, canonical) => {
    expect(Quantity.parse(text).toString()).toBe(canonical);
  });

  it.each([
    '',
    '.',
    '1.1.M',
    '1+1.0M',
    '0.1mi',
    '0.1am',
    'aoeu',
    '.5i',
    '1i',
    '-3.01i',
    '-3.01e-',
    ' 1',
    '1 ',
    '1 Ki',
    '--1',
    '1KiB',
    '1ki',
    '1e',
    '1e3Ki',
    '1e1000',
    '0x10',
    '١',
    'NaN',
    'Infinity',
  ])('refuses %j', text => {
    expect(() => Quantity.parse(text)).toThrow(
      `${JSON.stringify(text)} is not a Kubernetes quantity`,
    );
  });

  it('adds and subtracts exactly where floating point does not', () => {
    const tenth = Quantity.parse('0.1');
    expect(tenth.add(Quantity.parse('0.2')).toString()).toBe('300m');
    expect(Quantity.parse('1Gi').subtract(Quantity.parse('1')).toString()).toBe(
      '1073741823',
    );
    expect(Quantity.zero.add(Quantity.parse('1Gi')).toString()).toBe('1Gi');
  });

  it('compares amounts, not notations', () => {
    expect(Quantity.parse('1024Mi').compare(Quantity.parse('1Gi'))).toBe(0);
    expect(Quantity.parse('1G').compare(Quantity.parse('1Gi'))).toBe(-1);
    expect(Quantity.parse('1').compare(Quantity.parse('999m'))).toBe(1);
  });

  it('converts to a number that is precise enough for drawing', () => {
    expect(Quantity.parse('2500m').toNumber()).toBe(2.5);
    expect(Quantity.parse('-1Ki').toNumber()).toBe(-1024);
  });

  const quantities = fc
    .tuple(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.constantFrom('n', 'u', 'm', '', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3'),
    )
    .map(([number, suffix]) => Quantity.parse(`${number}${suffix}`));

  it('keeps its amount and canonical form when written and read', () => {
    fc.assert(
      fc.property(quantities, quantity => {
        const again = Quantity.parse(quantity.toString());
        expect(again.compare(quantity)).toBe(0);
        expect(again.toString()).toBe(quantity.toString());
      }),
    );
  });

  it('subtracts what it added', () => {
    fc.assert(
      fc.property(quantities, quantities, (a, b) => {
        expect(a.add(b).subtract(b).compare(a)).toBe(0);
        expect(a.add(b).compare(b.add(a))).toBe(0);
      }),
    );
  });
});
