import { join } from 'node:path';
import { EXAMPLE_PAGES } from '../browser/examplePages';
import { openExamplePage } from '../browser/openExamplePage';
import { People } from '../browser/People';

const HEIGHT = 800;

/**
 * Takes a picture of every example page, light and dark.
 *
 * @param options.width - of the window, in pixels
 * @param options.only - what the name of a page must contain
 * @param options.onPicture - called with each file
 */
export async function takePictures(
  people: People,
  options: {
    folder: string;
    width: number;
    only: string;
    onPicture: (file: string) => void;
  },
): Promise<void> {
  const { folder, width, only, onPicture } = options;
  for (const [person, pages] of EXAMPLE_PAGES) {
    const wanted = pages.filter(({ name }) => name.includes(only));
    if (wanted.length === 0) {
      continue;
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      const look = { width, height: HEIGHT, colorScheme };
      const page = await people.signIn(person, look);
      for (const example of wanted) {
        await openExamplePage(page, example);
        const file = join(folder, `${example.name}-${colorScheme}.png`);
        await page.screenshot({ path: file });
        onPicture(file);
      }
      await page.close();
    }
  }
}
