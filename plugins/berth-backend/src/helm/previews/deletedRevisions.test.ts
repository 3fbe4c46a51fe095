import { deletedRevisions, deletionWarnings } from './deletedRevisions';

/** Revisions with these numbers, the newest first as Berth lists them. */
const history = (numbers: number[], deployed = numbers.at(-1)) =>
  [...numbers].reverse().map(revision => ({
    revision,
    status:
      revision === deployed ? ('deployed' as const) : ('superseded' as const),
  }));
const upTo = (most: number) => Array.from({ length: most }, (_, n) => n + 1);

describe('the revisions that helm deletes', () => {
  it.each([
    ['none of few', history(upTo(9)), 10, []],
    ['one of as many as helm keeps', history(upTo(10)), 10, [1]],
    ['all but the latest of many', history(upTo(60)), 10, upTo(51)],
    ['not the deployed one', history(upTo(5), 2), 3, [1, 3, 4]],
    ['of a gap', history([1, 4, 5, 6]), 3, [1, 4]],
    ['all but the deployed one', history(upTo(3)), 1, [1, 2]],
    ['without a deployed one', history(upTo(3), 0), 2, [1, 2]],
  ])('are %s', (_, revisions, keeps, deleted) => {
    expect(deletedRevisions(revisions, keeps)).toEqual(deleted);
  });

  it.each([
    [10, [3], 'Helm keeps 10 revisions: this upgrade deletes revision 3'],
    [
      10,
      upTo(51),
      'Helm keeps 10 revisions: this upgrade deletes revisions 1 to 51',
    ],
    [
      1,
      [1, 2],
      'Helm keeps 1 revision: this upgrade deletes revisions 1 and 2',
    ],
    [
      3,
      [1, 2, 4, 6, 7, 8],
      'Helm keeps 3 revisions: this upgrade deletes revisions 1, 2, 4 and 6 to 8',
    ],
  ])('are named: of %i %j', (keeps, deleted, text) => {
    expect(deletionWarnings('upgrade', keeps, deleted)).toEqual([text]);
  });

  it('are not named if there are none', () => {
    expect(deletionWarnings('rollback', 10, [])).toEqual([]);
  });
});
