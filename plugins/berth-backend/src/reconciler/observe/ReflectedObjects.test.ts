import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { KubeObject } from '../../kube';
import { bindingText } from './__testUtils__/bindingText';
import { ReflectedObjects } from './ReflectedObjects';

describe('ReflectedObjects', () => {
  it('S32 keeps less than 400 bytes of an object', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      require.resolve('./__testUtils__/measureMemory.ts'),
    ]);
    const { size, bytesEach } = JSON.parse(stdout);
    expect(size).toBe(100_000);
    expect(bytesEach).toBeGreaterThan(50);
    expect(bytesEach).toBeLessThan(400);
  });

  it('reports whether another list has changes', () => {
    const lists = (...indexes: number[]) => {
      const list = new ReflectedObjects(10);
      indexes.forEach(index => list.set(JSON.parse(bindingText(index))));
      return list;
    };
    const objects = lists(1, 2);
    expect(objects.replaceWith(lists(2, 1))).toBe(false);
    expect(objects.replaceWith(lists(1))).toBe(true);
    expect(objects.replaceWith(lists(2))).toBe(true);
    const changed = lists();
    const object: KubeObject = JSON.parse(bindingText(2));
    changed.set({ ...object, metadata: { ...object.metadata, uid: 'other' } });
    expect(objects.replaceWith(changed)).toBe(true);
    expect(objects.get(object.metadata)?.uid).toBe('other');
  });
});
