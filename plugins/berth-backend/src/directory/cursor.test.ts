import { readCursor, writeCursor } from './cursor';

describe('cursors', () => {
  it('round-trip', () => {
    expect(readCursor(writeCursor(['01H', 'team-ä']), 2)).toEqual([
      '01H',
      'team-ä',
    ]);
  });

  it.each([
    '',
    'nonsense',
    writeCursor(['one']),
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('{"0":"a","1":"b","length":2}').toString('base64url'),
  ])('refuse %j', text => {
    expect(() => readCursor(text, 2)).toThrow(
      'but must be the "next" of the page before',
    );
  });
});
