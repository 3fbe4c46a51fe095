import { spawnSync } from 'node:child_process';
import { currentHelm, currentKubectl } from './index';

const isBuiltFor = `${process.platform}-${process.arch}` === 'linux-x64';

function outputOf(file: string | undefined, ...args: string[]): string {
  return file ? spawnSync(file, args, { encoding: 'utf8' }).stdout : 'none';
}

it('provides kubectl and helm, also to several at once, or nothing on another kind of computer', async () => {
  const [kubectl, again] = await Promise.all([
    currentKubectl(),
    currentKubectl(),
  ]);
  expect(again).toBe(kubectl);
  expect(outputOf(kubectl, 'version', '--client')).toMatch(
    isBuiltFor ? /v1\.36\./ : 'none',
  );
  expect(outputOf(await currentHelm(), 'version', '--short')).toMatch(
    isBuiltFor ? /^v4\./ : 'none',
  );
});
