import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findCommand } from './tools.mjs';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/**
 * The real parts that some tests need, each with what is left out without it.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{name: string, how: string, present: boolean}[]}
 */
export function realParts(env) {
  const assets = env.KUBEBUILDER_ASSETS;
  return [
    {
      name: 'a real Kubernetes control plane',
      how: 'KUBEBUILDER_ASSETS names a folder with etcd, kube-apiserver and kube-controller-manager',
      present: Boolean(assets) && existsSync(join(assets, 'kube-apiserver')),
    },
    {
      name: 'kubectl',
      how: 'kubectl is on the PATH, or KUBECTL names it',
      present: Boolean(env.KUBECTL || findCommand('kubectl', env.PATH)),
    },
    {
      name: 'PostgreSQL',
      how: `${POSTGRES} holds a connection string`,
      present: Boolean(env[POSTGRES]),
    },
    {
      name: 'Chromium',
      how: 'CHROMIUM names it, or it is /usr/bin/chromium',
      present: existsSync(env.CHROMIUM ?? '/usr/bin/chromium'),
    },
  ];
}

/** Tells the tests what to do about parts that are missing. */
export function realPartsEnvironment(env) {
  return env[POSTGRES] ? env : { ...env, BACKSTAGE_TEST_DISABLE_DOCKER: '1' };
}
