import { useCallback, useEffect, useState } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import { groupName } from '../format';

/** The owner of a personal namespace is a user, whose title has no kind either. */
function kindOf(owner: string): string {
  return owner.startsWith('user:') ? 'user' : 'group';
}

/** Returns a function for the titles of groups in the catalog; until these are loaded, for the groups' names. */
export function useGroupTitles(groups: string[]): (group: string) => string {
  const api = useApiHolder().get(entityPresentationApiRef);
  const [titles, setTitles] = useState<Record<string, string>>({});
  const wanted = JSON.stringify(groups);
  useEffect(() => {
    let current = true;
    JSON.parse(wanted).forEach((group: string) =>
      api?.forEntity(group, { defaultKind: kindOf(group) }).promise.then(
        ({ primaryTitle }) =>
          current &&
          setTitles(previous => ({ ...previous, [group]: primaryTitle })),
        () => {},
      ),
    );
    return () => {
      current = false;
    };
  }, [api, wanted]);
  return useCallback(
    (group: string) => titles[group] ?? groupName(group),
    [titles],
  );
}
