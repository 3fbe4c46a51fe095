import { ConfigReader } from '@backstage/config';
import { readHelmWriteSettings } from './settings';

const read = (helm: object) =>
  readHelmWriteSettings(new ConfigReader({ berth: { helm } } as never));

describe('berth.helm.historyMax', () => {
  it.each([
    [{}, 10],
    [{ historyMax: 1 }, 1],
    [{ historyMax: 250 }, 250],
  ])('of %j is %i', (helm, historyMax) => {
    expect(read(helm)).toMatchObject({ historyMax });
  });

  it.each([0, -1, 2.5, 251])('is refused as %p', historyMax => {
    expect(() => read({ historyMax })).toThrow(
      `berth.helm.historyMax is ${historyMax}, but it must be a whole number from 1 to 250`,
    );
  });
});
