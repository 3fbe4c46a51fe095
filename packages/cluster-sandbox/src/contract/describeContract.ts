/* eslint-disable jest/no-export -- cases that two test files share */
import { describeAuthentication } from './cases/authentication';
import { describeAuthorization } from './cases/authorization';
import { describeKubectl } from './cases/kubectl';
import { describeNamespaces } from './cases/namespaces';
import { describeObjects } from './cases/objects';
import { describePatches } from './cases/patches';
import { ContractTarget } from './ContractTarget';

/**
 * What an API server does, as far as Berth and its users rely on it. The same cases run against the
 * sandbox and against a real control plane; where they differ, the sandbox is wrong.
 */
export function describeContract(target: () => ContractTarget) {
  describeAuthentication(target);
  describeAuthorization(target);
  describeObjects(target);
  describePatches(target);
  describeNamespaces(target);
  describeKubectl(target);
}
