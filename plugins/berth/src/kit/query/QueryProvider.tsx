import { ComponentType, ReactNode, useEffect } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { QueryClientProvider } from '@tanstack/react-query';
import { followChanges } from './followChanges';
import { queryClientOf } from './queryClient';

/**
 * Gives the parts below it the query client of the app, and fetches again when the backend reports a change.
 * In an app without the signals plugin, pages only poll.
 */
export function QueryProvider({ children }: { children: ReactNode }) {
  const app = useApiHolder();
  const client = queryClientOf(app);
  const signals = app.get(signalApiRef);
  useEffect(() => signals && followChanges(client, signals), [client, signals]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** The component with the query client of the app, for pages of other plugins. */
export function withQueries<Props extends {}>(
  Component: ComponentType<Props>,
): (props: Props) => JSX.Element {
  return props => (
    <QueryProvider>
      <Component {...props} />
    </QueryProvider>
  );
}
