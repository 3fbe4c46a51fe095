import { ComponentType, ReactNode, useEffect } from 'react';
import { useApiHolder, ApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { QueryClientProvider, QueryClient } from '@tanstack/react-query';
import { followChanges } from './followChanges';

/**
 * Gives the components below the query client of the app, and fetches again when the backend reports a change. In
 * an app without the signals plugin, pages only poll.
 */
export function QueryProvider({ children }: { children: ReactNode }) {
  const app = useApiHolder();
  const client = queryClientOf(app);
  const signals = app.get(signalApiRef);
  useEffect(() => signals && followChanges(client, signals), [client, signals]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** Wraps a component with the query client of the app, for pages of other plugins. */
export function withQueries<Props extends {}>(
  Component: ComponentType<Props>,
): (props: Props) => JSX.Element {
  return props => (
    <QueryProvider>
      <Component {...props} />
    </QueryProvider>
  );
}

const clients = new WeakMap<ApiHolder, QueryClient>();

/** Returns the query client of an app: all pages, tabs and cards of Berth in the app share it. */
export function queryClientOf(app: ApiHolder): QueryClient {
  const client = clients.get(app) ?? newQueryClient();
  clients.set(app, client);
  return client;
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A page never starts from another page's data: a form would edit an old state.
        gcTime: 0,
        // The next poll is the next attempt. A failure of the first attempt is shown at once.
        retry: false,
        // Browsers report "offline" wrongly, and a failed request has a better message.
        networkMode: 'always',
      },
    },
  });
}
