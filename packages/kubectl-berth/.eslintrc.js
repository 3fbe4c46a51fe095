module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // build.mjs bundles every import into the program, so that the package has no dependencies.
    '@backstage/no-undeclared-imports': 'off',
  },
});
