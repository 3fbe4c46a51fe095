import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findCommand } from './tools.mjs';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/** The parts that tests need in addition to the dependencies, and the tests that are skipped without them. */
const PARTS = [
  {
    name: 'a Kubernetes control plane',
    variable: 'KUBEBUILDER_ASSETS',
    find: env =>
      [env.KUBEBUILDER_ASSETS, '/usr/local/kubebuilder/bin'].find(
        directory => directory && existsSync(join(directory, 'kube-apiserver')),
      ),
    without:
      'the end-to-end tests and the contract suite on a real control plane',
    hint: 'set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kube-controller-manager',
  },
  {
    name: 'Chromium',
    variable: 'CHROMIUM',
    find: env =>
      [
        env.CHROMIUM,
        findCommand('chromium'),
        findCommand('chromium-browser'),
        findCommand('google-chrome'),
      ].find(file => file && existsSync(file)),
    without: 'the browser tests',
    hint: 'apt-get install chromium, or set CHROMIUM to its file',
  },
  {
    name: 'kubectl',
    variable: 'KUBECTL',
    find: env =>
      [env.KUBECTL, findCommand('kubectl')].find(
        file => file && existsSync(file),
      ),
    without: 'kubectl with the sandbox and the real control plane',
    hint: 'apt-get install kubernetes-client, or put kubectl on the PATH',
  },
  {
    name: 'PostgreSQL',
    variable: POSTGRES,
    find: env => env[POSTGRES],
    without: 'the database code on PostgreSQL (SQLite is tested)',
    hint: `set ${POSTGRES} to postgresql://…`,
  },
];

/**
 * Finds the real parts.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{env: NodeJS.ProcessEnv, absent: Array<{name: string, without: string, hint: string}>}} the
 * variables by which tests find the parts, and the parts that are missing
 */
export function findRealParts(env) {
  const found = {};
  const absent = [];
  for (const part of PARTS) {
    const value = part.find(env);
    if (value) {
      found[part.variable] = value;
    } else {
      absent.push(part);
    }
  }
  if (!(POSTGRES in found)) {
    // Otherwise Backstage's test databases look for Docker.
    found.BACKSTAGE_TEST_DISABLE_DOCKER = '1';
  }
  return { env: found, absent };
}
