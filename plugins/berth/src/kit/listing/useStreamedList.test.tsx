import { TestApiProvider } from '@backstage/test-utils';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { PropsWithChildren } from 'react';
import { QueryProvider } from '../query';
import { PlacedRow, RowListing } from './RowCollector';
import { ListLoad, useStreamedList } from './useStreamedList';

const listeners = new Set<() => void>();
const signals: SignalApi = {
  subscribe: (_, onMessage) => {
    const listener = () => onMessage({} as never);
    listeners.add(listener);
    return { unsubscribe: () => listeners.delete(listener) };
  },
};

function Wrapper({ children }: PropsWithChildren<{}>) {
  return (
    <TestApiProvider apis={[[signalApiRef, signals]]}>
      <QueryProvider>{children}</QueryProvider>
    </TestApiProvider>
  );
}

type Listing = RowListing<PlacedRow>;

const refused: Listing = {
  clusters: {},
  rows: [],
  failures: [
    { cluster: 'staging', namespace: 'shop', cause: 'Forbidden', message: '' },
  ],
  listedAt: {},
  isComplete: true,
  took: 1,
};

it('asks again for what was refused before a change, also by a list that was running then', async () => {
  const loads: { known: string[]; answer: () => void }[] = [];
  const load = ({ refusals }: ListLoad<Listing>) =>
    new Promise<Listing>(resolve =>
      loads.push({
        known: [...refusals.keys()],
        answer: () => resolve(refused),
      }),
    );
  const { result } = renderHook(
    () => useStreamedList({ key: ['list'], section: 'pods', load }),
    { wrapper: Wrapper },
  );
  const next = async (number: number) => {
    await waitFor(() => expect(loads).toHaveLength(number));
    return loads[number - 1];
  };
  const first = await next(1);
  await act(async () => first.answer());
  await waitFor(() => expect(result.current.shown).toBeDefined());

  // A list that knows the refusal is running while the role is given.
  act(() => void result.current.loadMore());
  const running = await next(2);
  expect(running.known).toEqual(['staging/shop']);
  act(() => listeners.forEach(report => report()));
  await act(async () => running.answer());

  act(() => void result.current.loadMore());
  expect((await next(3)).known).toEqual([]);
});
