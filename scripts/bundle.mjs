import { readBundleOptions } from './lib/bundle/options.mjs';
import { bundleTable } from './lib/bundle/table.mjs';
import { withRevision } from './lib/bundle/withRevision.mjs';
import { main } from './lib/commands.mjs';
import { root } from './lib/paths.mjs';
import { print } from './lib/progress.mjs';
import { setUp } from './lib/setUp.mjs';

main(async () => {
  const { vs } = readBundleOptions(process.argv.slice(2));
  const context = await setUp();
  // Loaded late: it uses esbuild, which a fresh clone does not have before `setUp`.
  const { measureBundle } = await import('./lib/bundle/measureBundle.mjs');
  const now = await measureBundle(root);
  const before =
    vs === undefined
      ? undefined
      : await withRevision(vs, context, measureBundle);
  print(bundleTable(now, before && { revision: vs, ...before }));
});
