import { anEntry } from '../../__testUtils__/activity';
import { foldTokens } from './foldTokens';

const token = (id: string, changes = {}) =>
  anEntry({ id, event: 'token-mint', actor: 'user:default/alice', ...changes });

function folded(entries: ReturnType<typeof anEntry>[]) {
  return foldTokens(entries).map(row => [
    row.id,
    ...row.entries.map(({ id }) => id),
  ]);
}

describe('foldTokens', () => {
  it('folds the tokens of one person for one cluster, also with tokens of others between them', () => {
    expect(
      folded([
        token('6'),
        token('5', { actor: 'user:default/bob' }),
        token('4'),
        token('3', { cluster: 'staging' }),
        token('2', { outcome: 'Failed' }),
        token('1'),
      ]),
    ).toEqual([
      ['1', '6', '4', '1'],
      ['5', '5'],
      ['3', '3'],
      ['2', '2'],
    ]);
  });

  it('keeps the order around other events, and does not fold them', () => {
    expect(
      folded([
        token('5'),
        anEntry({ id: '4' }),
        anEntry({ id: '3' }),
        token('2'),
        token('1'),
      ]),
    ).toEqual([
      ['5', '5'],
      ['4', '4'],
      ['3', '3'],
      ['1', '2', '1'],
    ]);
  });
});
