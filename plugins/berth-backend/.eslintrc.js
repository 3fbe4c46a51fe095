/**
 * The rooms of `src`, the lowest first. A room imports only from rooms in lower rows. Rooms of one row know
 * nothing of each other: what they share is in `model/`. docs/decisions/0033 says why.
 */
const ROOMS = [
  ['text', 'crypto'],
  ['kube'],
  ['model'],
  [
    'database',
    'validation',
    'catalog',
    'identity',
    'live',
    'policyPack',
    'upgrades',
  ],
  ['audit'],
  ['issuer'],
  ['access'],
  [
    'activity',
    'directory',
    'kubectl',
    'proxy',
    'reconciler',
    'registry',
    'requests',
    'resources',
    'tenancy',
    'terminal',
    'actions',
  ],
  ['helm', 'personal'],
  ['http', 'keysCommand'],
];

const zones = ROOMS.flatMap((row, level) =>
  row.map(room => ({
    target: `./src/${room}`,
    from: [
      // startBerth.ts and what is next to it build the rooms.
      './src/*.ts',
      ...ROOMS.slice(level)
        .flat()
        .filter(other => other !== room)
        .map(other => `./src/${other}/**/*`),
    ],
    message: `Rooms import downwards only, and "${room}" is not above this one (see .eslintrc.js).`,
  })),
);

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  settings: {
    'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
  },
  rules: {
    'import/no-restricted-paths': ['error', { basePath: __dirname, zones }],
  },
  overrides: [
    {
      // Tests build what they need from any room.
      files: ['**/*.test.ts', '**/__testUtils__/**'],
      rules: { 'import/no-restricted-paths': 'off' },
    },
  ],
});
