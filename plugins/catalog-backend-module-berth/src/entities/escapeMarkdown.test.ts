import { escapeMarkdown } from './escapeMarkdown';

describe('escapeMarkdown', () => {
  it.each([
    [
      'Builds the web-shop, v1.2 (see wiki)',
      'Builds the web-shop, v1.2 (see wiki)',
    ],
    [
      '[Sign in again](https://evil.example/login)',
      '\\[Sign in again\\](https://evil.example/login)',
    ],
    ['![](https://evil.example/x.png)', '!\\[\\](https://evil.example/x.png)'],
    ['<b>now</b> &copy;', '\\<b\\>now\\</b\\> \\&copy;'],
    [
      '*a* _b_ `c` ~~d~~ a|b \\',
      '\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ a\\|b \\\\',
    ],
    ['# Title', '\\# Title'],
    ['- item', '\\- item'],
    ['10. item', '10\\. item'],
    ['---', '\\---'],
  ])('%s', (typed, escaped) => {
    expect(escapeMarkdown(typed)).toBe(escaped);
  });
});
