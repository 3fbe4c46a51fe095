import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  TenancyApi,
  isDnsLabel,
  isSystemNamespace,
} from '@berth/plugin-berth-common';
import { tenancyApiRef } from '../../api';

const DELAY = 300;
/** More namespaces than can hold the same name in theirs. */
const LIMIT = 500;

/** Whether a name can be taken; `unknown` where it could not be found out. */
export type NameState =
  | 'empty'
  | 'invalid'
  | 'reserved'
  | 'checking'
  | 'taken'
  | 'free'
  | 'unknown';

/** Checks a name as it is typed: its rule at once, whether it is free after a moment of rest. */
export function useNameCheck(cluster: string, name: string): NameState {
  const api = useApi(tenancyApiRef);
  const key = `${cluster}/${name}`;
  const [answer, setAnswer] = useState<{ key: string; state: NameState }>();
  const ruleState = ruleOf(name);

  useEffect(() => {
    if (ruleState || !cluster) {
      return undefined;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const state = await askWhetherFree(api, cluster, name);
      if (current) {
        setAnswer({ key: `${cluster}/${name}`, state });
      }
    }, DELAY);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, cluster, name, ruleState]);

  if (ruleState) {
    return ruleState;
  }
  if (!cluster) {
    return 'unknown';
  }
  return answer?.key === key ? answer.state : 'checking';
}

function ruleOf(name: string): NameState | undefined {
  if (!name) {
    return 'empty';
  }
  if (!isDnsLabel(name)) {
    return 'invalid';
  }
  return isSystemNamespace(name) ? 'reserved' : undefined;
}

async function askWhetherFree(
  api: TenancyApi,
  cluster: string,
  name: string,
): Promise<NameState> {
  try {
    const { items } = await api.listNamespaces({
      cluster,
      search: name,
      limit: LIMIT,
    });
    return items.some(item => item.name === name) ? 'taken' : 'free';
  } catch {
    // The backend decides when it is asked to make it; not knowing now must not keep anybody from trying.
    return 'unknown';
  }
}
