import { ClusterKind } from '../kinds/discovery';
import { ListCalls } from './ListCalls';

const PAGE = 500;
const MAX_NAMESPACES = 2_000;
const MAX_BYTES = 4 * 1024 * 1024;

const NAMESPACE_KIND: ClusterKind = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: [],
  namespaced: false,
  verbs: ['list'],
};

/** Reads the names of all namespaces of a cluster, sorted. */
export async function readNamespaces(calls: ListCalls): Promise<string[]> {
  const names: string[] = [];
  let token: string | undefined;
  for (let pages = 0; names.length < MAX_NAMESPACES; ) {
    const page = await calls.page({
      kind: NAMESPACE_KIND,
      query: {
        limit: String(PAGE),
        continue: token,
        includeObject: 'None',
      },
      maxBytes: MAX_BYTES,
    });
    names.push(...page.rows.map(({ name }) => name));
    if (page.continueToken === undefined) {
      break;
    }
    calls.assertGoesOn(page.continueToken, token, ++pages);
    token = page.continueToken;
  }
  return names.sort();
}
