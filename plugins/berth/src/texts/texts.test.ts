import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { berthTranslationRef } from '../translation';

const SOURCE = join(__dirname, '..');

/** The source of all pages, without tests and the texts themselves. */
const source = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter(
    path =>
      /\.tsx?$/.test(path) &&
      !/\.test\.|__testUtils__/.test(path) &&
      !path.startsWith('texts/'),
  )
  .map(path => readFileSync(join(SOURCE, path), 'utf8'))
  .join('\n');

const literals = new Set(
  [...source.matchAll(/(['"`])([\w-]+(?:\.[\w-]+)*)\1/g)].map(
    ([, , key]) => key,
  ),
);

/** Keys such as `role.${name}`: any word can be in the place of an expression. */
const patterns = [
  ...new Set(
    [...source.matchAll(/`([\w.-]*(?:\$\{[^}]+\}[\w.-]*)+)`/g)]
      .map(([, template]) => template)
      .filter(template => /^[\w-]+\./.test(template)),
  ),
].map(
  template =>
    new RegExp(
      `^${template.replaceAll('.', '\\.').replace(/\$\{[^}]+\}/g, '[\\w-]+')}$`,
    ),
);

const ref = berthTranslationRef as unknown as {
  getDefaultMessages: () => Record<string, string>;
};

describe('the texts', () => {
  it('are all used by a page', () => {
    const unused = Object.keys(ref.getDefaultMessages()).filter(key => {
      const name = key.replace(/_(zero|one|other)$/, '');
      return !literals.has(name) && !patterns.some(one => one.test(name));
    });
    expect(unused).toEqual([]);
  });
});
