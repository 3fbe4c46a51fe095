import { main } from './lib/commands.mjs';
import { setUp } from './lib/setUp.mjs';
import { checkSpelling } from './lib/spelling/checkSpelling.mjs';
import { stage } from './lib/stages.mjs';

const paths = process.argv.slice(2);

main(async () => {
  const context = await setUp();
  await stage('spelling', log =>
    checkSpelling(context, log, paths.length > 0 ? paths : undefined),
  );
});
