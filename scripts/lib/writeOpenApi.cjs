// Needs Node to read TypeScript: see scripts/openapi.mjs.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');
const api = join(root, 'plugins/berth-common/src/api/openapi.ts');
writeFileSync(join(root, 'docs/openapi.yaml'), require(api).openApiYaml());
