import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPortal } from './packages/buildPortal.mjs';
import { packAll } from './packages/pack.mjs';
import { unpack } from './packages/unpack.mjs';
import { cache } from './paths.mjs';
import { Problem } from './Problem.mjs';
import { stage } from './stages.mjs';

/**
 * Checks the packages as a portal installs them: packed. Needs the type declarations that `tsc` writes
 * into `dist-types`.
 */
export async function checkPackages(context) {
  let packages;
  await stage('packing', async log => {
    packages = await packAll(context, log);
  });
  await stage('packed packages', async log => {
    await unpack(packages, context, log);
    const { entryPointProblems, dependencyProblems } = await checks();
    const problems = [];
    for (const packed of packages) {
      const found = [
        ...(await entryPointProblems(readFileSync(packed.tarball))),
        ...dependencyProblems(packed),
      ];
      problems.push(...found.map(problem => `  ${packed.name}: ${problem}`));
    }
    if (problems.length > 0) {
      throw new Problem(
        `The packed packages in ${join(
          cache,
          'packages',
        )} have problems:\n\n${problems.join('\n')}`,
      );
    }
  });
  await buildPortal(context);
}

/** Loads these late: they use dependencies, which a fresh clone does not have before `setUp`. */
async function checks() {
  return {
    ...(await import('./packages/entryPoints.mjs')),
    ...(await import('./packages/imports.mjs')),
  };
}
