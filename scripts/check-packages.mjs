import { checkPackages } from './lib/checkPackages.mjs';
import { main } from './lib/commands.mjs';
import { say } from './lib/progress.mjs';
import { setUp } from './lib/setUp.mjs';
import { check } from './lib/stages.mjs';

main(async () => {
  const context = await setUp();
  await check('types', context, ['tsc']);
  await checkPackages(context);
  say('The packages can be published');
});
