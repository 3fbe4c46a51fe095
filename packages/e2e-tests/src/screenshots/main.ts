import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DevPortal } from '../browser/DevPortal';
import { fillWithExamples } from '../browser/exampleData';
import { People } from '../browser/People';
import { ROOT } from '../root';
import { takePictures } from './takePictures';

const USAGE = `yarn screenshots [OPTIONS]

  --out FOLDER      where pictures go, docs/images by default
  --width PIXELS    width of the window, 1280 by default
  --only NAME       only pages whose name contains this
  --portal URL      a portal that runs already, with these examples in it
  --help            this text

Starts the dev portal on ports of its own, fills it with examples, and takes a picture of every page of
Berth, light and dark. Needs Chromium (or CHROMIUM) and kubectl (or KUBECTL).
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(ROOT, 'docs', 'images') },
      width: { type: 'string', default: '1280' },
      only: { type: 'string', default: '' },
      portal: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  await mkdir(values.out, { recursive: true });
  const portal = values.portal ? undefined : await startFilledPortal();
  try {
    const url = values.portal ?? portal!.url;
    const people = await People.start(url);
    try {
      await takePictures(people, {
        folder: values.out,
        width: Number(values.width),
        only: values.only,
        onPicture: file => process.stdout.write(`${file}\n`),
      });
    } finally {
      await people.stop();
    }
  } finally {
    await portal?.stop();
  }
}

async function startFilledPortal(): Promise<DevPortal> {
  const portal = await DevPortal.start();
  try {
    await fillWithExamples(portal.backendUrl);
    return portal;
  } catch (error) {
    await portal.stop();
    throw error;
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exitCode = 1;
});
