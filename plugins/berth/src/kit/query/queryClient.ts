import { ApiHolder } from '@backstage/core-plugin-api';
import { QueryClient } from '@tanstack/react-query';

const clients = new WeakMap<ApiHolder, QueryClient>();

/** The query client of an app: all pages, tabs and cards of Berth in the app share it. */
export function queryClientOf(app: ApiHolder): QueryClient {
  const client = clients.get(app) ?? newQueryClient();
  clients.set(app, client);
  return client;
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A page never starts from data that another page has loaded: a form would edit an old state.
        gcTime: 0,
        // The next poll is the next attempt. A failure of the first attempt is shown at once.
        retry: false,
        // Browsers report "offline" wrongly, and a failed request has a better message.
        networkMode: 'always',
      },
    },
  });
}
