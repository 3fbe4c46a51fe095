import { useCallback, useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ActivityPage } from '@berth/plugin-berth-common';
import { useSearchParams } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { Polled, usePolling } from '../../../hooks';
import {
  ActivityChoice,
  choiceOf,
  filterOf,
  parametersOf,
} from './activityFilter';

const INTERVAL = 30_000;
const PAGE_SIZE = 25;

/** A cluster's activity, as chosen in the address. */
export interface Activity {
  choice: ActivityChoice;
  /** Goes back to the latest entries, unless the change names a page. */
  change: (change: Partial<ActivityChoice>) => void;
  page: Polled<ActivityPage>;
}

/** Reads a cluster's activity; only its latest page is read again and again. */
export function useActivity(name: string): Activity {
  const api = useApi(berthApiRef);
  const [parameters, setParameters] = useSearchParams();
  const choice = useMemo(() => choiceOf(parameters), [parameters]);
  const load = useCallback(
    () =>
      api.listClusterActivity(name, {
        ...filterOf(choice, Date.now()),
        limit: PAGE_SIZE,
        ...(choice.cursor && { cursor: choice.cursor }),
      }),
    [api, choice, name],
  );
  const page = usePolling(load, () => (choice.cursor ? undefined : INTERVAL));
  const change = useCallback(
    (changed: Partial<ActivityChoice>) =>
      setParameters(
        parametersOf({ ...choice, cursor: undefined, ...changed }),
        { replace: !changed.cursor },
      ),
    [choice, setParameters],
  );
  return { choice, change, page };
}
