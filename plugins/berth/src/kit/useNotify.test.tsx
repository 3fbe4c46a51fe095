import { alertApiRef } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { renderHook } from '@testing-library/react';
import { ReactNode } from 'react';
import { useNotify } from './useNotify';

const alerts = { post: jest.fn(), alert$: jest.fn() };
const toasts = { post: jest.fn() };

function notifyIn(Apis: (props: { children: ReactNode }) => JSX.Element) {
  return renderHook(() => useNotify(), { wrapper: Apis }).result.current;
}

describe('useNotify', () => {
  beforeEach(() => jest.clearAllMocks());

  it('posts a toast that disappears, or stays after a failure', () => {
    const notify = notifyIn(({ children }) => (
      <TestApiProvider
        apis={[
          [alertApiRef, alerts],
          [toastApiRef, toasts],
        ]}
      >
        {children}
      </TestApiProvider>
    ));
    notify({ message: 'Saved' });
    notify({ message: 'Not saved', failed: true });
    expect(toasts.post.mock.calls).toEqual([
      [{ title: 'Saved', status: 'success', timeout: 5_000 }],
      [{ title: 'Not saved', status: 'danger' }],
    ]);
    expect(alerts.post).not.toHaveBeenCalled();
  });

  it('posts an alert in a legacy app, which has no toasts', () => {
    const notify = notifyIn(({ children }) => (
      <TestApiProvider apis={[[alertApiRef, alerts]]}>
        {children}
      </TestApiProvider>
    ));
    notify({ message: 'Saved' });
    expect(alerts.post).toHaveBeenCalledWith({
      message: 'Saved',
      severity: 'success',
      display: 'transient',
    });
  });
});
