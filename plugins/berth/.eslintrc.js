const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const FEATURES = readdirSync(join(__dirname, 'src/features'));

/**
 * Imports go one way: pages, features, kit, then api and texts. A feature never imports another feature:
 * what two features need is in kit, and pages put features together.
 */
const zones = [
  ...FEATURES.map(feature => ({
    target: `./src/features/${feature}`,
    from: './src/features',
    except: [`./${feature}`],
    message: 'A feature does not import another feature: move this to src/kit.',
  })),
  {
    target: ['./src/features', './src/kit', './src/api', './src/texts'],
    from: './src/pages',
    message: 'Only plugin.ts and its like import pages.',
  },
  {
    target: ['./src/kit', './src/api', './src/texts'],
    from: './src/features',
    message: 'Features import the kit, never the other way round.',
  },
  {
    target: ['./src/api', './src/texts'],
    from: './src/kit',
    message: 'The kit imports api and texts, never the other way round.',
  },
];

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  // Without the extensions of TypeScript, the rule finds no file and reports nothing.
  settings: {
    'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
  },
  rules: {
    'import/no-restricted-paths': ['error', { basePath: __dirname, zones }],
  },
});
