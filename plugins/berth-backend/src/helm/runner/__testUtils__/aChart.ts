import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Packs a chart.
 *
 * @param files - the contents by their paths in the chart, such as `templates/a.yaml`
 */
export async function aChart(files: Record<string, string>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'chart-'));
  const all = {
    'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    ...files,
  };
  try {
    for (const [path, content] of Object.entries(all)) {
      const file = join(folder, 'web', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    const archive = join(folder, 'web.tgz');
    await promisify(execFile)('tar', ['-czf', archive, '-C', folder, 'web']);
    return await readFile(archive);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes an object of a template. */
export function anObject(
  apiVersion: string,
  kind: string,
  name: string,
  more: { namespace?: string; [field: string]: unknown } = {},
): string {
  const { namespace, annotations, ...rest } = more;
  return JSON.stringify({
    apiVersion,
    kind,
    metadata: { name, namespace, annotations },
    ...rest,
  });
}
