/* eslint-disable jest/no-export -- cases that two test files share */
import { describeAuthentication } from './cases/authentication';
import { describeAuthorization } from './cases/authorization';
import { describeConditions } from './cases/conditions';
import { describeDiscovery } from './cases/discovery';
import { describeExec } from './cases/exec';
import { describeKubectl } from './cases/kubectl';
import { describeLogs } from './cases/logs';
import { describeLists } from './cases/lists';
import { describeNamespaces } from './cases/namespaces';
import { describeNetworkPolicies } from './cases/networkPolicies';
import { describeNewer } from './cases/newer';
import { describeObjects } from './cases/objects';
import { describeOwnership } from './cases/ownership';
import { describePatches } from './cases/patches';
import { describePodSecurity } from './cases/podSecurity';
import { describePrefixes } from './cases/prefixes';
import { describeQuotas } from './cases/quotas';
import { describeRefusals } from './cases/refusals';
import { describeRights } from './cases/rights';
import { describeTables } from './cases/tables';
import { ContractTarget } from './ContractTarget';

/**
 * Describes the behaviour of an API server on which Berth and its users rely. The same cases run against the
 * sandbox and against a real control plane; if they differ, the sandbox is wrong.
 *
 * @param version - of the server, such as `v1.33.1`
 */
export function describeContract(
  target: () => ContractTarget,
  version: string,
) {
  describeAuthentication(target);
  describeAuthorization(target);
  describeRights(target);
  describeDiscovery(target);
  describeObjects(target);
  describeRefusals(target);
  describeConditions(target);
  describeExec(target);
  describeLists(target);
  describeTables(target);
  describePatches(target);
  describeOwnership(target);
  describeNamespaces(target);
  describeQuotas(target);
  describeNetworkPolicies(target, version);
  describePodSecurity(target, version);
  describeKubectl(target);
  describeLogs(target);
  describeNewer(target, version);
  describePrefixes(target);
}
