import { useApi } from '@backstage/core-plugin-api';
import { useQueryClient } from '@tanstack/react-query';
import { berthApiRef } from '../../api';
import { useNotify, useText } from '../../kit';
import { problemOf } from '../../kit/format';

/** Returns a function that makes all pages load charts and repositories again. */
export function useReload(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all(
      ['chart-repositories', 'charts', 'chart'].map(key =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    );
  };
}

/** Returns a function that asks a repository for changes, and says how that ended. */
export function useRefresh(): (name: string) => Promise<void> {
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const reload = useReload();
  return async name => {
    try {
      const { problem } = await api.refreshChartRepository(name);
      notify(
        problem
          ? { message: t('repositories.refreshFailed', { name }), failed: true }
          : { message: t('repositories.refreshed', { name }) },
      );
    } catch (error) {
      notify({ message: problemOf(error).message, failed: true });
    }
    await reload();
  };
}
