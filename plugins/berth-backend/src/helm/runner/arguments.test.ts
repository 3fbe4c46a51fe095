import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import { helmArguments } from './arguments';
import { HelmCommand } from './types';

const OF = { namespace: 'shop', release: 'web' };

describe('helmArguments', () => {
  it.each<[string, HelmCommand, string]>([
    [
      'upgrade',
      {
        ...{ kind: 'upgrade', ...OF, description: '--debug', noHooks: true },
        ...{ labels: { 'berth.dev/repository': 'shop' }, historyMax: 5 },
        ...{ rollbackOnFailure: true, skipSchemaValidation: true },
        ...{ skipCrds: true, forceConflicts: true, waitSeconds: 90 },
      },
      'upgrade --namespace=shop --values=- --output=json --rollback-on-failure --skip-schema-validation --skip-crds --labels=berth.dev/repository=shop --description=--debug --reset-values --history-max=5 --no-hooks --force-conflicts --timeout=90s -- web ./chart.tgz',
    ],
    [
      'install',
      {
        ...{ kind: 'install', ...OF, noHooks: true, skipCrds: true },
        ...{ labels: { 'berth.dev/repository': 'shop' }, description: 'a' },
        ...{ rollbackOnFailure: true, waitSeconds: 90 },
      },
      'install --namespace=shop --values=- --output=json --rollback-on-failure --skip-crds --labels=berth.dev/repository=shop --description=a --no-hooks --timeout=90s -- web ./chart.tgz',
    ],
    [
      'rollback',
      { kind: 'rollback', ...OF, revision: 3 },
      'rollback --namespace=shop --history-max=10 -- web 3',
    ],
    [
      'uninstall',
      { kind: 'uninstall', ...OF, keepHistory: true, noHooks: true },
      'uninstall --namespace=shop --keep-history --no-hooks -- web',
    ],
    ['test', { kind: 'test', ...OF }, 'test --namespace=shop --logs -- web'],
  ])('H10 are made for %s', (_, command, line) => {
    expect(helmArguments(command, 'apply').join(' ')).toBe(line);
  });

  it.each<[HelmCommand, string]>([
    [{ kind: 'install', ...OF }, '--dry-run=server'],
    [{ kind: 'upgrade', ...OF }, '--dry-run=server'],
    [{ kind: 'rollback', ...OF, revision: 1 }, '--dry-run=server'],
    [{ kind: 'uninstall', ...OF }, '--dry-run'],
  ])('simulates a preview of %j', (command, argument) => {
    expect(helmArguments(command, 'preview')).toContain(argument);
    expect(helmArguments(command, 'apply')).not.toContain(argument);
  });

  it.each([
    ['release', { release: '--kube-token' }],
    ['release', { release: '-n' }],
    ['release', { release: 'a'.repeat(54) }],
    ['release', { release: 'a\n' }],
    ['release', { release: ['--debug'] }],
    ['namespace', { namespace: 'a,b' }],
    ['namespace', { namespace: '' }],
    ['revision', { kind: 'rollback', revision: 0 }],
    ['revision', { kind: 'rollback', revision: '1 --debug' }],
    ['waitSeconds', { waitSeconds: 3601 }],
    ['description', { description: 'a\u0000' }],
    ['labels', { labels: { 'a=b,c': 'd' } }],
    ['labels.a', { labels: { a: 'b,c=d' } }],
    ['not a command', { kind: 'pull' }],
    ['not simulate', { kind: 'test' }],
  ])('H10 refuse a wrong %s', (field, wrong) => {
    const command = { kind: 'upgrade', ...OF, ...wrong } as HelmCommand;
    expect(() => helmArguments(command, 'preview')).toThrow(field);
  });

  it('H10 hold no option but those of the list, whatever a person sends', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '--set-file=a=/etc/passwd',
        '-f',
        '--',
        '--post-renderer',
      ),
    );
    fc.assert(
      fc.property(
        fc.record({
          kind: fc.constantFrom(
            ...['install', 'upgrade', 'rollback', 'uninstall', 'test'],
          ),
          release: fc.oneof(text, fc.constant('web')),
          namespace: fc.oneof(text, fc.constant('shop')),
          description: text,
          labels: fc.dictionary(text, text, { maxKeys: 2 }),
          revision: fc.oneof(text, fc.constant(1)),
          values: text,
          chart: text,
        }),
        wrong => {
          const made = madeFrom(wrong);
          const end = made.indexOf('--');
          const known =
            /^--(namespace|values|reset-values|output|history-max|labels|description|logs)(=|$)/;
          made.slice(1, end).forEach(argument => {
            expect(argument).toMatch(known);
          });
          made.slice(end + 1).forEach(operand => {
            expect(operand).toMatch(
              /^(web|1|\.\/chart\.tgz|[a-z0-9][a-z0-9.-]*)$/,
            );
          });
        },
      ),
    );
  });
});

/** @returns nothing for a command that is refused */
function madeFrom(command: object): string[] {
  try {
    return helmArguments(command as HelmCommand, 'apply');
  } catch (error) {
    if (error instanceof InputError) {
      return [];
    }
    throw error;
  }
}
