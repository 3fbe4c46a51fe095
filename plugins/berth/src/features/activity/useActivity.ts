import { useCallback, useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ActivityPage } from '@berth/plugin-berth-common';
import { useSearchParams } from 'react-router-dom';
import { berthApiRef } from '../../api';
import { Polled, usePolled } from '../../kit/query';
import {
  ActivityChoice,
  choiceOf,
  filterOf,
  parametersOf,
} from './activityFilter';

const INTERVAL = 30_000;
const PAGE_SIZE = 25;

/** The place of the activity; all places if empty. */
export interface ActivityPlace {
  /** Name of the cluster. */
  cluster?: string;
  /** Name of the namespace; all of the cluster if absent. */
  namespace?: string;
}

/** The activity of a place, filtered by the address. */
export interface Activity {
  choice: ActivityChoice;
  /** Goes back to the latest entries, unless the change names a page. */
  change: (change: Partial<ActivityChoice>) => void;
  page: Polled<ActivityPage>;
}

/** Reads the activity of a place; only the latest page is polled. */
export function useActivity({ cluster, namespace }: ActivityPlace): Activity {
  const api = useApi(berthApiRef);
  const [parameters, setParameters] = useSearchParams();
  const choice = useMemo(
    () => withoutPlace(choiceOf(parameters), cluster, namespace),
    [parameters, cluster, namespace],
  );
  const page = usePolled({
    key: ['activity', cluster, namespace, choice],
    load: () => {
      const query = {
        ...filterOf(choice, Date.now()),
        ...(namespace && { namespace }),
        limit: PAGE_SIZE,
        ...(choice.cursor && { cursor: choice.cursor }),
      };
      return cluster
        ? api.listClusterActivity(cluster, query)
        : api.listActivity(query);
    },
    every: choice.cursor ? undefined : INTERVAL,
  });
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

/** Removes the filters that the place determines. */
function withoutPlace(
  choice: ActivityChoice,
  cluster?: string,
  namespace?: string,
): ActivityChoice {
  return {
    ...choice,
    ...(cluster && { cluster: '' }),
    ...(namespace && { namespace: '' }),
  };
}
