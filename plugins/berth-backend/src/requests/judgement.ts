import { Approvers } from './Approvers';
import { CheckedAsk } from './AskChecker';
import { RequestRule, RequestStore, StoredVerdict } from './types';
import { judge } from './verdict';

/**
 * Reads what the rules want to know and asks them.
 *
 * @param approvers - who decides, found out before, as it takes the catalog
 */
export async function verdictOn(
  { content, cluster, seen }: CheckedAsk,
  {
    approvers,
    requests,
    rules,
  }: {
    approvers: string[];
    requests: Pick<RequestStore, 'promisedTo'>;
    rules: RequestRule[];
  },
): Promise<StoredVerdict> {
  const { ask, bounds, decider } = content;
  const group = ask.kind === 'grant' ? ask.group : decider;
  const verdict = judge(rules, {
    ask,
    cluster,
    group,
    bounds,
    seen,
    promised: group === undefined ? [] : await requests.promisedTo(group),
    now: new Date(),
  });
  return {
    ...verdict,
    approvers,
    ...(ask.kind === 'grant' && !seen && { unseen: true }),
  };
}

/** A verdict as its requester may see it. */
export function forRequester(
  { unseen, ...verdict }: StoredVerdict,
  approvers: Approvers,
) {
  return unseen ? { ...verdict, approvers: approvers.ofUnseen() } : verdict;
}
